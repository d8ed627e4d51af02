// oxlint has no rule for this: in library source a failure is a value of the error channel, never a thrown one.
export default {
  meta: { name: "sunco" },
  rules: {
    "no-try-catch": {
      create: (context) => ({
        TryStatement: (node) =>
          context.report({
            node,
            message: "Use Effect.try, Effect.exit or a Scope; try/catch belongs in internal/ with its reason."
          })
      })
    }
  }
}
