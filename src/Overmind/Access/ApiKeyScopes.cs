namespace Overmind.Access;

/// <summary>Some scopes. A value of 64 bits, so that a request asks them without a search.</summary>
public readonly record struct ApiKeyScopes
{
    // Of each scope its bit, and that of the one without a module which includes it.
    static readonly ulong[] Includers = [.. Enum.GetValues<ApiKeyScope>().Select(scope => Bit(scope) | Bit(Whole(scope)))];

    readonly ulong _bits;

    ApiKeyScopes(ulong bits) => _bits = bits;

    /// <summary>What a member may without a key: everything.</summary>
    public static ApiKeyScopes All { get; } = Of(ApiKeyScope.Read, ApiKeyScope.Write, ApiKeyScope.Run, ApiKeyScope.Admin);

    public static ApiKeyScopes Of(params IEnumerable<ApiKeyScope> scopes) => new(scopes.Aggregate(0UL, (bits, scope) => bits | Bit(scope)));

    /// <summary>Whether the scope is among them, by itself or as the part of a wider one.</summary>
    public bool Include(ApiKeyScope scope) => (_bits & Includers[(int)scope]) != 0;

    /// <summary>In the order of the catalogue.</summary>
    public IReadOnlyList<ApiKeyScope> Members()
    {
        var bits = _bits;
        return [.. Enum.GetValues<ApiKeyScope>().Where(scope => (bits & Bit(scope)) != 0)];
    }

    /// <summary>The scope that includes this one in every module: <c>read</c> for <c>jobs.read</c>, itself for <c>read</c>.</summary>
    public static ApiKeyScope Whole(ApiKeyScope scope) => LowerSnake.Read<ApiKeyScope>(LowerSnake.Write(scope).Split('.')[^1])!.Value;

    /// <summary>What a key may have instead of a scope: <c>jobs.read or read</c>.</summary>
    internal static string Wording(ApiKeyScope scope) =>
        Whole(scope) == scope ? LowerSnake.Write(scope) : $"{LowerSnake.Write(scope)} or {LowerSnake.Write(Whole(scope))}";

    static ulong Bit(ApiKeyScope scope) => 1UL << (int)scope;
}
