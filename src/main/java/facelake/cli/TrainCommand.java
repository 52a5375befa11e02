package facelake.cli;

import picocli.CommandLine.Command;

/** {@code train}: models of one's own. */
@Command(
    name = "train",
    header = "Train a model of your own on the faces of a lake.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {TrainGenderCommand.class},
    footer = {
      "",
      "Example: jobs/facelake train gender --lake lake --labels labels.csv --out gender.json"
    })
final class TrainCommand {}
