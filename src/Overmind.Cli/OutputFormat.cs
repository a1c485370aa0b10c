namespace Overmind.Cli;

/// <summary>Text for people, JSON for programs.</summary>
enum OutputFormat
{
    Text,
    Json,
}
