using System.Reflection;

namespace Overmind.Cli;

/// <summary>The version of this build, as 0.1.0.</summary>
static class ProductVersion
{
    public static string Current { get; } =
        typeof(ProductVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];
}
