using Microsoft.Extensions.DependencyInjection;
using Overmind.Errors;
using Overmind.Models.Embeddings;
using Overmind.Postgres;

namespace Overmind;

/// <summary>Registers the whole library in a program of one's own.</summary>
public static class OvermindLibrary
{
    /// <summary>
    /// Opens and migrates the database when the program starts, and runs workers unless told otherwise. Services as
    /// <see cref="Conversations.ConversationService"/> and <see cref="Agents.RunService"/> are then taken from the container; they are
    /// singletons and may be used by many threads at once. What the program registers itself before stays as it is: a <see cref="TimeProvider"/>,
    /// <see cref="Models.ChatModels"/>, a <see cref="SecretCipher"/>.
    /// </summary>
    /// <param name="configure">Names the database, and what else is not to be as it is by default.</param>
    /// <exception cref="ArgumentException">No database is named, or it is named wrongly; the encryption key is none.</exception>
    /// <exception cref="EmbeddingException">The options name no embedder.</exception>
    public static IServiceCollection AddOvermind(this IServiceCollection services, Action<OvermindOptions>? configure = null)
    {
        var options = new OvermindOptions();
        configure?.Invoke(options);
        EmbedderChoice.Check(options.Embedder);
        if (!services.Any(service => service.ServiceType == typeof(Database))) services.OpenDatabase(options);
        services.AddOvermindServices(options, Cipher(options.EncryptionKey, nameof(OvermindOptions.EncryptionKey)));
        return options.RunWorker ? services.AddOvermindWorker(options.Worker) : services;
    }

    /// <summary>A database that the program has opened itself, which stays its own to dispose; before <see cref="AddOvermind"/>.</summary>
    public static IServiceCollection AddDatabase(this IServiceCollection services, OvermindDatabase database) =>
        services.AddSingleton(database.Database).AddSingleton(new UnpooledDataSource(database.Direct));

    static void OpenDatabase(this IServiceCollection services, OvermindOptions options)
    {
        var database = new OvermindDatabaseOptions
        {
            ConnectionString = ConnectionString(options.DatabaseUrl, nameof(OvermindOptions.DatabaseUrl))
                ?? throw new ArgumentException("DatabaseUrl is not set. Write it as postgres://user:password@host:5432/database.", nameof(options)),
            PooledConnectionString = ConnectionString(options.PooledDatabaseUrl, nameof(OvermindOptions.PooledDatabaseUrl)),
        };
        // The start of a program waits for its database, once: a container knows no asynchronous making.
        services.AddSingleton(_ => OvermindDatabase.OpenAsync(database).GetAwaiter().GetResult());
        services.AddSingleton(provider => provider.GetRequiredService<OvermindDatabase>().Database);
        services.AddSingleton(provider => new UnpooledDataSource(provider.GetRequiredService<OvermindDatabase>().Direct));
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

    static SecretCipher Cipher(string? keys, string name)
    {
        try
        {
            return keys is null ? SecretCipher.None : SecretCipher.Parse(keys);
        }
        catch (OvermindException wrong)
        {
            throw new ArgumentException($"{name} is not the base64 of 32 bytes. SecretCipher.NewKey() makes a key.", name, wrong);
        }
    }
}
