using System.Text;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Time.Testing;
using Overmind.Models;
using Overmind.Models.Providers;

namespace Overmind.Tests.Models.Providers;

/// <summary>Calls of a provider's library over a real socket, as the tests make them.</summary>
static class ProviderCalls
{
    public static readonly ChatMessage[] Question = [new(ChatRole.System, "Be brief."), new(ChatRole.User, "Where is Lima?")];

    public static readonly ModelProviderSettings NoRetries = new() { MaxRetries = 0 };

    public static TheoryData<ModelProviderKind> Kinds { get; } = new(Enum.GetValues<ModelProviderKind>());

    public static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static IChatClient Client(FakeProvider provider, ModelProviderKind kind, ModelProviderSettings? settings = null, TimeProvider? time = null) =>
        new ProviderClient(provider.Connection(kind, settings), time ?? TimeProvider.System).Chat("m");

    public static async Task StreamAsync(IChatClient client, StringBuilder? text = null)
    {
        await foreach (var update in client.GetStreamingResponseAsync(Question, cancellationToken: Stop)) text?.Append(update.Text);
    }

    public static Task<ModelCallException> FailAsync(Func<Task> call) => Should.ThrowAsync<ModelCallException>(call);

    /// <summary>Lets the clock run until the call is over.</summary>
    public static async Task AdvanceAsync(FakeTimeProvider time, Task call)
    {
        while (!call.IsCompleted)
        {
            time.Advance(TimeSpan.FromSeconds(1));
            await Task.WhenAny(call, Task.Delay(TimeSpan.FromMilliseconds(5), Stop));
        }

        await call;
    }
}
