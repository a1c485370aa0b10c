using System.CommandLine;

namespace Overmind.Cli.Commands;

static class AuditCommand
{
    public static Command Create() => new("audit", "Read, export and verify the audit log")
    {
        AuditListCommand.Create(),
        AuditShowCommand.Create(),
        AuditExportCommand.Create(),
        AuditVerifyCommand.Create(),
    };
}
