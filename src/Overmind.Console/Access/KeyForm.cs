using Overmind.Access;

namespace Overmind.WebConsole.Access;

/// <summary>What one writes of a new API key, as it stands in the form.</summary>
public sealed class KeyForm
{
    /// <summary>The scopes without a module, and what each allows in a few words.</summary>
    public static readonly IReadOnlyList<(ApiKeyScope Scope, string What)> Whole =
    [
        (ApiKeyScope.Read, "read conversations, runs, agents, jobs …"),
        (ApiKeyScope.Write, "make, change and delete them"),
        (ApiKeyScope.Run, "what makes a model work, or costs money"),
        (ApiKeyScope.Admin, "what administers organization and account"),
    ];

    /// <summary>The scopes of each module.</summary>
    public static readonly IReadOnlyList<IGrouping<string, ApiKeyScope>> Modules =
    [
        .. Enum.GetValues<ApiKeyScope>().Where(scope => ApiKeyScopes.Whole(scope) != scope).GroupBy(scope => LowerSnake.Write(scope).Split('.')[0]),
    ];

    readonly HashSet<ApiKeyScope> _scopes = [ApiKeyScope.Read];

    public string Name { get; set; } = "";

    /// <summary>In how many days it ends; 0: never.</summary>
    public int Days { get; set; }

    /// <summary>Whether it is among the scopes, or the part of one that is.</summary>
    public bool Has(ApiKeyScope scope) => ApiKeyScopes.Of(_scopes).Include(scope);

    /// <summary>Whether another scope includes it, so that there is nothing to choose.</summary>
    public bool IsIncluded(ApiKeyScope scope) => ApiKeyScopes.Whole(scope) is var whole && whole != scope && _scopes.Contains(whole);

    /// <summary>A scope is taken or left.</summary>
    public void Choose(ApiKeyScope scope)
    {
        if (!_scopes.Remove(scope)) _scopes.Add(scope);
    }

    /// <summary>What others include is left out.</summary>
    public NewApiKey ToNew(DateTimeOffset now) => new()
    {
        Name = Name.Trim(),
        Scopes = [.. _scopes.Where(scope => !IsIncluded(scope)).Order()],
        ExpiresAt = Days == 0 ? null : now.AddDays(Days),
    };
}
