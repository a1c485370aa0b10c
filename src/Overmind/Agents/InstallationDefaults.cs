using Overmind.Models;

namespace Overmind.Agents;

/// <summary>What a run uses where neither it nor its conversation, workflow or organization says anything.</summary>
static class InstallationDefaults
{
    public const string Workflow = "general-problem-solving";
    public const double QualityThreshold = 9.0;
    public const int MaxN2Iterations = 4;

    public static ModelReference Model => ModelReference.Offline;
}
