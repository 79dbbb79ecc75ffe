import Learning
import Specs

/// The fields that a spec is put together from. A resolved spec, which is complete, has none of them.
package struct CompositionFields: FieldGroup {
  @Field(
    "Specs that this one is laid over, the later ones over the earlier: paths, relative to this file. Maps are merged, "
      + "all else is replaced.", key: SpecFile.extendsKey)
  package var extended: FileList?
  @Field(
    "Values with names, for '${name}' and '${2 * name}' anywhere in the spec.",
    example: "{width: 32}", .reachableNames)
  package var variables: AnyMap?
  @Field(
    "Layers with names, for '{type: block, use: name}' among the layers.",
    example: "{hidden: [{type: dense, units: 64, activation: relu}, {type: dropout, rate: 0.5}]}")
  package var blocks: NamedMap<BlockDefinition>?
  @Field("Values to vary: the spec stands for an experiment with each combination.")
  package var sweep: SweepSpec?

  package init() {}
}
