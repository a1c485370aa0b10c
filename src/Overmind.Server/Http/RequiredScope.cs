using Overmind.Access;
using Overmind.Errors;

namespace Overmind.Server.Http;

/// <summary>The scope that a route asks of a key, in its metadata; docs/openapi.json names it as <c>x-required-scope</c>.</summary>
/// <param name="Scope">Null: whatever a key has.</param>
/// <param name="IsAskedLater">The service asks for it, because there is something that a key may do without.</param>
sealed record RequiredScope(ApiKeyScope? Scope, bool IsAskedLater = false)
{
    /// <summary>Every key that is in force.</summary>
    public static RequiredScope Any { get; } = new(null);

    public static implicit operator RequiredScope(ApiKeyScope scope) => new(scope);

    /// <summary>Whether what is done may cost something: then the ledger says where it came from.</summary>
    public bool Costs => Scope is ApiKeyScope.RunsRun or ApiKeyScope.PlaygroundRun or ApiKeyScope.ModelsRun;

    /// <exception cref="OvermindException"><see cref="ErrorCode.InsufficientScope"/>.</exception>
    public Caller Allow(Caller caller)
    {
        if (Scope is { } scope && !IsAskedLater)
            caller.Ensure(scope);
        return caller;
    }
}
