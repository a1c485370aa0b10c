namespace Overmind.Jobs.Schedules;

/// <summary>What the installation does again and again by itself, once over all nodes, in UTC.</summary>
/// <param name="Name">Its name among those of the installation.</param>
/// <param name="Cron">When.</param>
/// <param name="Kind">Kind of its jobs, whose payload is empty.</param>
sealed record InstallationSchedule(string Name, string Cron, string Kind);
