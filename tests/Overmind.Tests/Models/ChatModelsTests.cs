using Microsoft.Extensions.AI;
using Overmind.Models;
using Overmind.Models.Offline;
using Overmind.Postgres;

namespace Overmind.Tests.Models;

public class ChatModelsTests
{
    static readonly OfflineChatClient Offline = new(TimeProvider.System);

    readonly ChatModels _models = ChatModels.WithOffline(Offline, null, KeyValuePair.Create<string, Func<string, IChatClient?>>("local", model => model == "small" ? Offline : null));

    [Fact]
    public async Task The_offline_model_is_there_without_any_configuration() => (await GetAsync("offline", "offline")).ShouldBe(Offline);

    [Fact]
    public async Task Another_provider_is_found_by_its_name() => (await GetAsync("local", "small")).ShouldBe(Offline);

    [Fact]
    public async Task An_unknown_provider_says_what_to_do()
    {
        var error = await Should.ThrowAsync<ModelUnavailableException>(() => GetAsync("openai", "gpt"));
        error.Message.ShouldStartWith("No provider 'openai' is connected here (connected: local, offline).");
        error.Message.ShouldContain("`overmind models add`");
        error.Model.ShouldBe(new ModelReference("openai", "gpt"));
    }

    [Theory]
    [InlineData("local", "large")]
    [InlineData("offline", "online")]
    public async Task An_unknown_model_of_a_known_provider_says_so(string provider, string model) =>
        (await Should.ThrowAsync<ModelUnavailableException>(() => GetAsync(provider, model))).Message.ShouldContain($"has no chat model '{model}'");

    Task<IChatClient> GetAsync(string provider, string model) =>
        _models.GetAsync(Claims.None, new ModelReference(provider, model), TestContext.Current.CancellationToken).AsTask();
}
