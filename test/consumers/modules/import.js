// Imports what its arguments name, and prints why it cannot.
for (const specifier of process.argv.slice(2)) {
  try {
    await import(specifier, specifier.endsWith(".json") ? { with: { type: "json" } } : {})
  } catch (error) {
    console.log(specifier, error.code ?? error)
  }
}
