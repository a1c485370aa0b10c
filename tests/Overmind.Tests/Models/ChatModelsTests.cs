using Microsoft.Extensions.AI;
using Overmind.Models;
using Overmind.Models.Offline;

namespace Overmind.Tests.Models;

public class ChatModelsTests
{
    static readonly OfflineChatClient Offline = new(TimeProvider.System);

    readonly ChatModels _models = ChatModels.WithOffline(Offline, KeyValuePair.Create<string, Func<string, IChatClient?>>("local", model => model == "small" ? Offline : null));

    [Fact]
    public void The_offline_model_is_there_without_any_configuration() => _models.Get(ModelReference.Offline).ShouldBe(Offline);

    [Fact]
    public void Another_provider_is_found_by_its_name() => _models.Find(new ModelReference("local", "small")).ShouldNotBeNull();

    [Fact]
    public void An_unknown_provider_says_what_to_do()
    {
        _models.Find(new ModelReference("openai", "gpt")).ShouldBeNull();
        var error = Should.Throw<ModelUnavailableException>(() => _models.Get(new ModelReference("openai", "gpt")));
        error.Message.ShouldBe("No provider 'openai' is configured here (configured: local, offline). Configure it, or choose another model; 'offline/offline' needs no key.");
        error.Model.ShouldBe(new ModelReference("openai", "gpt"));
    }

    [Theory]
    [InlineData("local", "large")]
    [InlineData("offline", "online")]
    public void An_unknown_model_of_a_known_provider_says_so(string provider, string model) =>
        Should.Throw<ModelUnavailableException>(() => _models.Get(new ModelReference(provider, model))).Message.ShouldContain($"has no chat model '{model}'");
}
