using System.Text.RegularExpressions;
using Overmind.Errors;

namespace Overmind.Tenancy;

/// <summary>Lists of features: at most 50, each once, lower-case words of 1 to 64 characters.</summary>
static partial class FeatureNames
{
    const int MaxCount = 50;

    public static void Check(ref Checks checks, string param, IReadOnlyList<string>? features)
    {
        if (features is null) return;
        checks.Require(features.Count <= MaxCount, param, $"{param} has at most {MaxCount} features, not {features.Count}.");
        checks.Require(features.Distinct().Count() == features.Count, param, $"{param} names each feature once.");
        checks.Require(
            features.All(Shape().IsMatch), param, $"{param} are words as advanced_workflows: a lower-case letter, then letters, digits, _, - and dots, at most 64 characters.");
    }

    [GeneratedRegex(@"^[a-z][a-z0-9_.-]{0,63}\z", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Shape();
}
