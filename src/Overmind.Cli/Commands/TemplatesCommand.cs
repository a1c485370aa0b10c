using System.CommandLine;

namespace Overmind.Cli.Commands;

static class TemplatesCommand
{
    public static Command Create() => new("templates", "Make, list, change and render context templates: what conversations may begin with")
    {
        TemplatesListCommand.Create(),
        TemplatesShowCommand.Create(),
        TemplatesCreateCommand.Create(),
        TemplatesEditCommand.Create(),
        TemplatesRenderCommand.Create(),
        TemplatesDeleteCommand.Create(),
        TemplatesRestoreCommand.Create(),
    };
}
