using Overmind.Agents;
using Overmind.Conversations;

namespace Overmind.WebConsole.Conversations;

/// <summary>What can be done with a message of the thread. Each tells why it was refused, or null.</summary>
/// <param name="AnswerAgain">Another answer beside the one that is there, or to a question.</param>
/// <param name="AskInstead">Another question in place of one.</param>
/// <param name="Reword">Other words for the same message; what it said stays among its versions.</param>
/// <param name="GoOnFrom">A branch after a message, which is shown then.</param>
/// <param name="GoOnElsewhere">A conversation of one's own that begins with what was said up to a message, which is shown then.</param>
/// <param name="Pin">In the context window, whatever leaves; of one that is pinned, no longer.</param>
/// <param name="ShowVersions">What an edited message said before.</param>
/// <param name="Memories">Those that an answer was given, or why they cannot be read.</param>
/// <param name="ShowBranch">Another of the ways the conversation went on.</param>
public sealed record MessageCommands(
    Func<Message, Task<string?>> AnswerAgain,
    Func<Message, string, Task<string?>> AskInstead,
    Func<Message, string, Task<string?>> Reword,
    Func<Message, Task<string?>> GoOnFrom,
    Func<Message, Task<string?>> GoOnElsewhere,
    Func<Message, Task<string?>> Pin,
    Func<Message, Task<string?>> Delete,
    Action<Message> ShowVersions,
    Func<Message, Task<(IReadOnlyList<RunMemory>? Given, string? Error)>> Memories,
    Func<int, Task<string?>> ShowBranch);
