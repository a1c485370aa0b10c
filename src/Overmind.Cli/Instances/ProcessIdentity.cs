namespace Overmind.Cli.Instances;

/// <summary>A process that cannot be mistaken for a later one with the same number.</summary>
/// <param name="Pid">Process id.</param>
/// <param name="StartTicks">Start time in clock ticks since boot, from <c>/proc/&lt;pid&gt;/stat</c>.</param>
sealed record ProcessIdentity(int Pid, long StartTicks)
{
    public static ProcessIdentity Current { get; } = Of(Environment.ProcessId)!;

    public bool IsAlive => Of(Pid) == this;

    static ProcessIdentity? Of(int pid)
    {
        try
        {
            // The name in brackets may hold spaces; the start time is the 20th field after it.
            var stat = File.ReadAllText($"/proc/{pid}/stat");
            var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
            // A zombie has ended, only its parent has not looked yet.
            return fields[0] == "Z" ? null : new ProcessIdentity(pid, long.Parse(fields[19]));
        }
        catch (IOException)
        {
            return null;
        }
    }
}
