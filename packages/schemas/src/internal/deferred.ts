import * as Schema from "effect/Schema"

/**
 * A schema that is made when somebody asks for its AST: a program uses few of all that there are, and to make them takes longer
 * than to load them. It has the methods of a schema without its parts, such as the `fields` of a struct, which nobody can ask of a
 * `Schema.Codec`. What is built has every such constant made by it.
 *
 * @internal
 */
export const deferred = <S extends Schema.Constraint>(make: () => S): S => {
  let ast: S["ast"] | undefined
  // In the place of the AST until the next step, and seen by nobody.
  const text = Schema.String.ast
  return Object.defineProperty(Schema.make<S>(text), "ast", { get: () => ast ??= make().ast })
}
