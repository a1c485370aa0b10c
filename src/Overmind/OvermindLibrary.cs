using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Overmind.Access;
using Overmind.Postgres;

namespace Overmind;

/// <summary>Registers the whole library in a program of one's own.</summary>
public static class OvermindLibrary
{
    /// <summary>
    /// Opens and migrates the database when the program starts, and runs workers unless told otherwise. Services as
    /// <see cref="Conversations.ConversationService"/> and <see cref="Agents.RunService"/> are then taken from the container; they are
    /// singletons and may be used by many threads at once.
    /// </summary>
    /// <exception cref="ArgumentException">No database is named, or it is named wrongly.</exception>
    public static IServiceCollection AddOvermind(this IServiceCollection services, Action<OvermindOptions> configure)
    {
        var options = new OvermindOptions();
        configure(options);
        var database = new OvermindDatabaseOptions
        {
            ConnectionString = ConnectionString(options.DatabaseUrl, nameof(OvermindOptions.DatabaseUrl))
                ?? throw new ArgumentException("DatabaseUrl is not set. Write it as postgres://user:password@host:5432/database.", nameof(configure)),
            PooledConnectionString = ConnectionString(options.PooledDatabaseUrl, nameof(OvermindOptions.PooledDatabaseUrl)),
        };
        // The start of a program waits for its database, once: a container knows no asynchronous making.
        services.AddSingleton(_ => OvermindDatabase.OpenAsync(database).GetAwaiter().GetResult());
        services.AddSingleton(provider => provider.GetRequiredService<OvermindDatabase>().Requests);
        services.AddSingleton(provider => new UnpooledDataSource(provider.GetRequiredService<OvermindDatabase>().Direct));
        services.TryAddSingleton<FirstOrganization>();
        services.AddOvermind(options.OfflineTokensPerSecond);
        return options.RunWorker ? services.AddOvermindWorker(options.Worker) : services;
    }

    static string? ConnectionString(string? url, string name)
    {
        if (string.IsNullOrWhiteSpace(url))
            return null;
        try
        {
            return DatabaseUrl.ToConnectionString(url);
        }
        catch (FormatException wrong)
        {
            throw new ArgumentException($"{name} is wrong: {wrong.Message}.", name, wrong);
        }
    }
}
