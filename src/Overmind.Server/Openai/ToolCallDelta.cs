namespace Overmind.Server.Openai;

/// <summary>A piece of a call of a tool: the first has id and name, all of them together the arguments.</summary>
/// <param name="Index">Which of the answer's calls, from 0.</param>
sealed record ToolCallDelta(int Index, string? Id, string? Name, string Arguments);
