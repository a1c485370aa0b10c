namespace Overmind.Testing;

/// <summary>The working copy the tests were built from, for tests of what it holds besides code.</summary>
public static class Repository
{
    /// <summary>The folder that holds <c>Overmind.slnx</c>.</summary>
    public static string Root { get; } = Find(AppContext.BaseDirectory);

    /// <summary>A path below the root.</summary>
    public static string PathOf(params string[] parts) => Path.Combine([Root, .. parts]);

    static string Find(string folder) =>
        File.Exists(Path.Combine(folder, "Overmind.slnx"))
            ? folder
            : Find(Path.GetDirectoryName(folder) ?? throw new DirectoryNotFoundException("The tests do not run below the repository."));
}
