namespace Overmind.Bench.Streams;

/// <summary>Resident memory of the server's process while a number of streams is open.</summary>
/// <param name="Streams">Each the events of a run of its own, over a connection of its own.</param>
/// <param name="Events">That their readers got a second, all together.</param>
/// <param name="Megabytes">At the beginning: mean of the first quarter.</param>
/// <param name="MegabytesAtEnd">Mean of the last quarter.</param>
/// <param name="HasAim">Whether <see cref="StreamFigures.MostGrowth"/> is to hold.</param>
sealed record StreamMemory(int Streams, double Events, double Megabytes, double MegabytesAtEnd, bool HasAim = false)
{
    public double Growth => MegabytesAtEnd / Megabytes;
}
