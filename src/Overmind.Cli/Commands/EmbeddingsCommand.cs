using System.CommandLine;

namespace Overmind.Cli.Commands;

static class EmbeddingsCommand
{
    public static Command Create() => new("embeddings", "Which model's vectors are searched, and another one in its place; on the machine of the instance")
    {
        EmbeddingsMigrateCommand.Create(),
        EmbeddingsStatusCommand.Create(),
        EmbeddingsCancelCommand.Create(),
    };
}
