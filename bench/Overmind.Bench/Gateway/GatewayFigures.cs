namespace Overmind.Bench.Gateway;

/// <summary>What stands between a client and a provider costs.</summary>
/// <param name="Direct">Asking the provider itself.</param>
/// <param name="Overmind">Through OpenAI's API of ours, with the row of the ledger reserved and settled, both written to disk.</param>
/// <param name="Portkey">Through Portkey's gateway, which keeps nothing; null: it could not be installed.</param>
sealed record GatewayFigures(GatewayLatencies Direct, GatewayLatencies Overmind, GatewayLatencies? Portkey)
{
    public const int Clients = 16;

    /// <summary>Calls a second, all clients together: what two cores do beside the clients, the provider and PostgreSQL without a queue before any of them.</summary>
    public const int Offered = 200;

    /// <summary>In milliseconds over the provider's median.</summary>
    public const double MostP50 = 2;

    /// <summary>In milliseconds over the provider's median.</summary>
    public const double MostP99 = 10;

    public bool IsReached => AddedP50(Overmind) <= MostP50 && AddedP99(Overmind) <= MostP99;

    public double AddedP50(GatewayLatencies through) => through.Paced.P50 - Direct.Paced.P50;

    public double AddedP99(GatewayLatencies through) => through.Paced.P99 - Direct.Paced.P50;
}
