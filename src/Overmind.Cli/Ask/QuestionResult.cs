using System.Text.Json.Nodes;

namespace Overmind.Cli.Ask;

/// <summary>A question all of whose turns have been asked: one line of the results.</summary>
/// <param name="QuestionId">As the file of questions has it.</param>
/// <param name="ConversationId">The conversation that holds its turns.</param>
/// <param name="Turns">In the order they were asked.</param>
sealed record QuestionResult(JsonValue QuestionId, Guid ConversationId, IReadOnlyList<TurnResult> Turns)
{
    public bool Succeeded => Turns.All(turn => turn.Status == "succeeded");
}
