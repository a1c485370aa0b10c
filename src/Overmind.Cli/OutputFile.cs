namespace Overmind.Cli;

/// <summary>A file that a verb writes by <c>--to</c>.</summary>
static class OutputFile
{
    /// <exception cref="CliException">It cannot be written.</exception>
    public static FileStream Create(string file)
    {
        try
        {
            return File.Create(file);
        }
        catch (Exception unwritable) when (unwritable is IOException or UnauthorizedAccessException)
        {
            throw new CliException("unwritable", $"{file} cannot be written: {unwritable.Message}", "name another file with --to");
        }
    }
}
