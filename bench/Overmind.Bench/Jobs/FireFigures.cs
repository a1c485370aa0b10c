namespace Overmind.Bench.Jobs;

/// <summary>Jobs that were done while workers were killed.</summary>
/// <param name="Kills">By SIGKILL, each worker replaced at once.</param>
/// <param name="Lost">Jobs that were never done; the aim is none.</param>
/// <param name="Twice">Times that a job was done again.</param>
/// <param name="Explained">Those of them whose worker was killed between the effect and the record of it, by the job's own errors.</param>
sealed record FireFigures(int Jobs, double Seconds, int Kills, long Lost, long Twice, long Explained)
{
    public bool IsReached => Lost == 0 && Twice == Explained;
}
