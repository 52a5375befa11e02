package facelake.cli;

import picocli.CommandLine.Command;

/** {@code evaluate}: how good the other commands' answers are. */
@Command(
    name = "evaluate",
    header = "Measure how good answers are, against a known truth.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      EvaluateDedupeCommand.class,
      EvaluateLfwCommand.class,
      EvaluateGenderCommand.class,
      EvaluateModelsCommand.class
    },
    footer = {
      "",
      "Examples:",
      "  jobs/facelake evaluate dedupe --lake lake --dataset lfw --out scores",
      "  jobs/facelake evaluate lfw --images lfw-deepfunneled --pairs pairs.txt --out scores",
      "  jobs/facelake evaluate gender --input photos --labels labels.csv",
      "  jobs/facelake evaluate models --lake lake --out scores"
    })
final class EvaluateCommand {}
