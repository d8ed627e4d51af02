/** The API reference, from the JSDoc of the sources by TypeDoc, and what is wrong with it. */
import {
  Application,
  Comment,
  type CommentDisplayPart,
  CommentTag,
  Converter,
  type DeclarationReflection,
  IntersectionType,
  Logger,
  LogLevel,
  MinimalSourceFile,
  type ProjectReflection,
  ReferenceType,
  type Reflection,
  ReflectionKind,
  ReflectionType
} from "typedoc"
import { readFileSync } from "node:fs"
import type { PublicModule } from "./publicModules.ts"

export interface ApiReference {
  /** A line for each export that does not say enough, and for each warning of TypeDoc, such as a link that leads nowhere. */
  readonly problems: ReadonlyArray<string>
  readonly write: (directory: string) => Promise<void>
}

// It computes the names of the operations, and a reader sees those.
const meant = /^OperationName, .* is referenced by @sunco\/emulator\/Operation\.Operation /

export const make = async (options: {
  readonly modules: ReadonlyArray<PublicModule>
  /** Of a project that has the modules. */
  readonly tsconfig: string
}): Promise<ApiReference> => {
  const problems = new Set<string>()
  const app = await Application.bootstrap({
    name: "Sunco",
    entryPoints: options.modules.map(({ file }) => file),
    tsconfig: options.tsconfig,
    readme: "none",
    // `tsc -b` does that, with the TypeScript that the repository is compiled with.
    skipErrorChecking: true,
    excludeInternal: true,
    // What a class inherits of Effect, Effect's own reference has.
    excludeExternals: true,
    disableSources: true,
    validation: { notExported: true, invalidLink: true, invalidPath: true, rewrittenLink: true, notDocumented: false }
  })
  app.logger = new class extends Logger {
    override log(message: string, level: LogLevel): void {
      if (level >= LogLevel.Warn && !meant.test(message)) problems.add(message)
    }
  }()
  const specifiers = new Map(options.modules.map(({ file, specifier }) => [file, specifier]))
  // Before TypeDoc takes the tags that it knows out of the comments.
  app.converter.on(Converter.EVENT_RESOLVE_BEGIN, ({ project }) => {
    for (const module of modulesOf(project)) {
      const file = project.getSymbolIdFromReflection(module)?.fileName ?? ""
      module.name = specifiers.get(file) ?? module.name
      module.comment = commentOf(
        file,
        (text) => app.converter.parseRawComment(new MinimalSourceFile(text, file), project.files).content
      )
      for (const one of module.children ?? []) showService(project, one)
      for (const problem of incomplete(module)) problems.add(problem)
    }
  }, Number.MAX_SAFE_INTEGER)
  const project = await app.convert()
  // TypeDoc looks for types that are not exported in the package of the project alone.
  for (const name of new Set(options.modules.map(({ specifier }) => packageOf(specifier)))) {
    if (project === undefined) break
    project.packageName = name
    app.validate(project)
  }
  return {
    problems: Array.from(problems),
    write: async (directory) => {
      if (project !== undefined) await app.generateDocs(project, directory)
    }
  }
}

const packageOf = (specifier: string): string =>
  specifier.split("/").slice(0, specifier.startsWith("@") ? 2 : 1).join("/")

/** The first comment of a file, which TypeDoc takes for that of the module only where it has a tag of TypeDoc's own. */
const commentOf = (file: string, parse: (text: string) => Array<CommentDisplayPart>): Comment => {
  const comment = /^(?:\/\/.*\n)*\/\*\*([^]*?)\*\//.exec(readFileSync(file, "utf8"))?.[1] ?? ""
  const [text = "", since] = comment.replaceAll(/^ \* ?/gm, "").split(/^@since /m)
  return new Comment(
    parse(text.trim()),
    since === undefined ? [] : [new CommentTag("@since", [{ kind: "text", text: since.trim() }])]
  )
}

/**
 * What a `Context.Service` offers stands in a type argument of what it extends, where no reader looks for it: it becomes members
 * of the class, in place of a constructor that nobody calls.
 */
const showService = (project: ProjectReflection, one: DeclarationReflection): void => {
  const shapes = (one.extendedTypes ?? []).flatMap((type) =>
    type instanceof ReferenceType ? type.typeArguments ?? [] : []
  )
    .flatMap((type) => type instanceof IntersectionType ? type.types : [type])
  const members = shapes.flatMap((type) => type instanceof ReflectionType ? type.declaration.children ?? [] : [])
  if (members.length === 0) return
  for (const constructor of one.getChildrenByKind(ReflectionKind.Constructor)) project.removeReflection(constructor)
  for (const member of members) {
    member.parent = one
    one.addChild(member)
  }
}

const modulesOf = (project: ProjectReflection): ReadonlyArray<DeclarationReflection> =>
  project.getReflectionsByKind(ReflectionKind.Module) as Array<DeclarationReflection>

const incomplete = (module: DeclarationReflection): ReadonlyArray<string> => [
  ...missing(module, ["@since"]),
  ...exportsOf(module).flatMap((one) => [
    ...missing(one, ["@since", "@category"]),
    ...(one.children ?? []).filter((member) => member.flags.isStatic).flatMap((member) => missing(member, ["@since"]))
  ])
]

/** What it exports itself, and for others: what it exports of other modules is said there, and what is internal falls away later. */
const exportsOf = (module: DeclarationReflection): ReadonlyArray<DeclarationReflection> =>
  (module.children ?? []).filter((one) =>
    !one.kindOf(ReflectionKind.Reference) && one.comment?.hasModifier("@internal") !== true
  ).flatMap((one) => one.kindOf(ReflectionKind.Namespace) ? [one, ...exportsOf(one)] : [one])

const missing = (one: DeclarationReflection, tags: ReadonlyArray<`@${string}`>): ReadonlyArray<string> => {
  // The comment of a function is that of its signatures.
  const comments = [one.comment, ...(one.signatures ?? []).map(({ comment }) => comment)]
  return [
    ...(comments.some((comment) => comment !== undefined && comment.summary.length > 0)
      ? []
      : ["sentence"]),
    ...tags.filter((tag) => !comments.some((comment) => comment?.getTag(tag) !== undefined))
  ].map((what) => `${pathOf(one)} has no ${what}`)
}

const pathOf = (one: Reflection): string =>
  one.parent === undefined || one.kindOf(ReflectionKind.Module) ? one.name : `${pathOf(one.parent)} ${one.name}`
