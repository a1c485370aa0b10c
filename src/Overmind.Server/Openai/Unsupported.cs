using System.Text.Json;
using Overmind.Errors;
using Overmind.Server.Http;

namespace Overmind.Server.Openai;

/// <summary>Members that OpenAI has and this API has not: taken where they say what holds anyway, else refused by their names, never passed over in silence.</summary>
static class Unsupported
{
    static readonly string[] Never =
    [
        "logit_bias", "top_logprobs", "prediction", "audio", "web_search_options", "functions", "function_call", "verbosity", "prompt_cache_retention",
    ];

    public static void Check(JsonMembers body)
    {
        if (body.Integer("n") is { } n and not 1)
            throw Refuse(body, "n", $"n is 1: one answer a call, not {n}. Make the call again for another one.");
        if (body.Flag("logprobs") is true) throw Refuse(body, "logprobs", "logprobs are not given.");
        if (body.Flag("store") is true)
            throw Refuse(body, "store", "Nothing is stored at OpenAI. The header x-overmind-conversation keeps the exchange in a conversation here.");
        if (body.Text("service_tier") is { } tier and not ("auto" or "default")) throw Refuse(body, "service_tier", $"service_tier is auto or default, not {tier}.");
        if (body.Texts("modalities") is { } modalities && !(modalities is ["text"])) throw Refuse(body, "modalities", "modalities is [\"text\"]: answers are text.");
        foreach (var name in Never)
        {
            if (body.Is(name, JsonValueKind.Null)) body.Skip(name);
            else if (body.Has(name)) throw Refuse(body, name, $"{name} is not supported here. Leave it out.");
        }
    }

    public static OvermindException Refuse(JsonMembers members, string name, string detail) => new(ErrorCode.InvalidValue, detail, members.PathOf(name));
}
