using Overmind.Cli.Configuration;
using Overmind.Cli.Instances;

namespace Overmind.Cli.Doctor;

/// <summary>All that <c>overmind doctor</c> looks at, in its order.</summary>
static class Examination
{
    public static async Task<IReadOnlyList<Finding>> LookAsync(InstanceFolder folder, EffectiveConfiguration settings, CancellationToken ct) =>
    [
        .. Configuration(folder, settings),
        await MachineChecks.SdkAsync(ct),
        .. await DatabaseChecks.LookAsync(settings, ct),
        .. MachineChecks.Disk(folder),
        MachineChecks.Port(folder, settings),
        .. await ProviderChecks.LookAsync(folder, ct),
        MachineChecks.Chromium(),
    ];

    static IEnumerable<Finding> Configuration(InstanceFolder folder, EffectiveConfiguration settings) => settings.Problems.Count == 0
        ? [new("configuration", true, true, folder.ConfigurationFile ?? "no file; environment and flags alone")]
        : settings.Problems.Select(problem => new Finding("configuration", false, true, problem, "correct it there; docs/configuration.md lists the settings"));
}
