using System.Text.Json;

namespace Overmind.Client;

/// <summary>Runs: questions and their answers.</summary>
public sealed class RunsClient
{
    readonly ApiConnection _connection;

    internal RunsClient(ApiConnection connection) => _connection = connection;

    /// <summary>Asks a question. The run is queued when this returns; <see cref="StreamAsync"/> tells what becomes of it.</summary>
    /// <param name="idempotencyKey">The same key asks the question once, for 24 hours. Default: a new one.</param>
    public Task<Run> CreateAsync(Guid conversationId, NewRun run, string? idempotencyKey = null, CancellationToken cancellationToken = default) =>
        _connection.PostAsync(
            $"/v1/conversations/{conversationId}/runs", JsonSerializer.SerializeToUtf8Bytes(run, ClientJson.Default.NewRun),
            idempotencyKey, ClientJson.Default.Run, cancellationToken, headers => run.Cache?.AddTo(headers));

    /// <summary>Answers a question again, on a branch of its own beside the answer that is there. The response cache is not asked.</summary>
    /// <param name="messageId">The question, or an answer to it.</param>
    /// <param name="idempotencyKey">The same key answers once, for 24 hours. Default: a new one.</param>
    public Task<Run> RegenerateAsync(
        Guid conversationId, Guid messageId, Regeneration? options = null, string? idempotencyKey = null, CancellationToken cancellationToken = default) =>
        _connection.PostAsync(
            $"/v1/conversations/{conversationId}/messages/{messageId}/regenerate",
            JsonSerializer.SerializeToUtf8Bytes(options ?? new(), ClientJson.Default.Regeneration), idempotencyKey, ClientJson.Default.Run, cancellationToken);

    /// <summary>Asks a question in place of an earlier one, on a branch that begins before that.</summary>
    /// <param name="messageId">The earlier question.</param>
    /// <param name="idempotencyKey">The same key asks once, for 24 hours. Default: a new one.</param>
    public Task<Run> ResendAsync(
        Guid conversationId, Guid messageId, Resend question, string? idempotencyKey = null, CancellationToken cancellationToken = default) =>
        _connection.PostAsync(
            $"/v1/conversations/{conversationId}/messages/{messageId}/resend",
            JsonSerializer.SerializeToUtf8Bytes(question, ClientJson.Default.Resend), idempotencyKey, ClientJson.Default.Run, cancellationToken);

    public Task<Run> GetAsync(Guid id, CancellationToken cancellationToken = default) =>
        _connection.GetAsync($"/v1/runs/{id}", ClientJson.Default.Run, cancellationToken);

    /// <param name="conversationId">Default: the runs of all conversations.</param>
    /// <param name="status">As <c>succeeded</c>. Default: any.</param>
    public Task<Page<Run>> ListAsync(
        PageRequest? page = null, Guid? conversationId = null, string? status = null, CancellationToken cancellationToken = default) =>
        _connection.GetAsync(
            $"/v1/runs{(page ?? new()).Query.Add("conversation_id", conversationId).Add("status", status)}",
            ClientJson.Default.PageRun, cancellationToken);

    /// <summary>All steps of a run, in the order they began.</summary>
    public async Task<IReadOnlyList<RunStep>> StepsAsync(Guid id, CancellationToken cancellationToken = default) =>
        (await _connection.GetAsync($"/v1/runs/{id}/steps", ClientJson.Default.PageRunStep, cancellationToken)).Items;

    /// <summary>Asks a run to stop; it ends a moment later. One that has ended stays as it is.</summary>
    public Task<Run> CancelAsync(Guid id, CancellationToken cancellationToken = default) =>
        _connection.PostAsync($"/v1/runs/{id}/cancel", null, null, ClientJson.Default.Run, cancellationToken);

    /// <summary>One step of a run.</summary>
    /// <param name="withPrompt">With the prompt, where it was kept.</param>
    public Task<RunStep> StepAsync(Guid runId, Guid stepId, bool withPrompt = false, CancellationToken cancellationToken = default) =>
        _connection.GetAsync(
            $"/v1/runs/{runId}/steps/{stepId}{new Query().Add("include", withPrompt ? "prompt" : null)}", ClientJson.Default.RunStep, cancellationToken);

    /// <summary>Lets a run that waits begin its next iteration. One that does not wait for it stays as it is.</summary>
    public Task<Run> ApproveAsync(Guid id, NewDecision? decision = null, CancellationToken cancellationToken = default) =>
        DecideAsync(id, "approve", decision, cancellationToken);

    /// <summary>Ends a run that waits, with the best answer it has. One that does not wait stays as it is.</summary>
    public Task<Run> RejectAsync(Guid id, NewDecision? decision = null, CancellationToken cancellationToken = default) =>
        DecideAsync(id, "reject", decision, cancellationToken);

    /// <summary>Lets a run that has failed or was cancelled go on; what it has recorded stays. One in progress stays as it is.</summary>
    public Task<Run> RetryAsync(Guid id, CancellationToken cancellationToken = default) =>
        _connection.PostAsync($"/v1/runs/{id}/retry", null, null, ClientJson.Default.Run, cancellationToken);

    /// <summary>Makes a step's call again with another model. It is queued when this returns; <see cref="GetReplayAsync"/> has what becomes of it.</summary>
    /// <param name="idempotencyKey">The same key asks for one replay, for 24 hours. Default: a new one.</param>
    public Task<StepReplay> ReplayAsync(
        Guid runId, Guid stepId, NewReplay replay, string? idempotencyKey = null, CancellationToken cancellationToken = default) =>
        _connection.PostAsync(
            $"/v1/runs/{runId}/steps/{stepId}/replay", JsonSerializer.SerializeToUtf8Bytes(replay, ClientJson.Default.NewReplay), idempotencyKey,
            ClientJson.Default.StepReplay, cancellationToken);

    /// <summary>One replay of a step.</summary>
    public Task<StepReplay> GetReplayAsync(Guid runId, Guid stepId, Guid id, CancellationToken cancellationToken = default) =>
        _connection.GetAsync($"/v1/runs/{runId}/steps/{stepId}/replays/{id}", ClientJson.Default.StepReplay, cancellationToken);

    /// <summary>The replays of a step.</summary>
    public Task<Page<StepReplay>> ReplaysAsync(Guid runId, Guid stepId, PageRequest? page = null, CancellationToken cancellationToken = default) =>
        _connection.GetAsync($"/v1/runs/{runId}/steps/{stepId}/replays{(page ?? new()).Query}", ClientJson.Default.PageStepReplay, cancellationToken);

    /// <summary>Two runs side by side.</summary>
    public Task<RunComparison> CompareAsync(Guid leftId, Guid rightId, CancellationToken cancellationToken = default) =>
        _connection.GetAsync($"/v1/runs/{leftId}/compare/{rightId}", ClientJson.Default.RunComparison, cancellationToken);

    /// <summary>
    /// The events of a run as they happen, to its last one. A connection that breaks is made again and goes on where it was,
    /// on whichever node answers; it is given up when ten attempts in a row bring nothing.
    /// </summary>
    /// <param name="startingAfter">The last <see cref="RunEvent.SequenceNumber"/> the reader has. Default: all events.</param>
    public IAsyncEnumerable<RunEvent> StreamAsync(Guid id, long startingAfter = -1, CancellationToken cancellationToken = default) =>
        new RunStream(_connection, id).ReadAsync(startingAfter, cancellationToken);

    Task<Run> DecideAsync(Guid id, string decision, NewDecision? given, CancellationToken cancellationToken) => _connection.PostAsync(
        $"/v1/runs/{id}/{decision}", JsonSerializer.SerializeToUtf8Bytes(given ?? new(), ClientJson.Default.NewDecision), null, ClientJson.Default.Run,
        cancellationToken);
}
