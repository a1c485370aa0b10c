using System.Diagnostics;

namespace Overmind.Postgres.Embedded;

/// <summary>How a program of the server is run on the cluster: detached from the terminal, and as root under the unprivileged account.</summary>
static class ClusterCommand
{
    // The account may lack the right to enter the folders above the cluster (/root, a 0700 temporary folder).
    // A descriptor opened before the rights are dropped reaches it all the same.
    const string Script = """exec 7<"$1"; shift; exec setsid "$@" """;

    /// <summary>
    /// The folder must exist. The process that results is the program itself: shell, setsid and setpriv replace themselves.
    /// Its own session keeps a Ctrl-C at the terminal from reaching it before we have stopped what uses it.
    /// </summary>
    public static ProcessStartInfo For(ClusterFolder folder, string program, PostgresInstallation installation, IEnumerable<string> arguments, string? cluster = null)
    {
        cluster ??= folder.Cluster;
        return Shell.Describe("/bin/sh",
        [
            "-c", Script, "sh", cluster,
            .. folder.User?.Prefix ?? [],
            installation.Program(program),
            "-D", folder.User is null ? cluster : "/proc/self/fd/7",
            .. arguments,
        ]);
    }
}
