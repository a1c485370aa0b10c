using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Overmind.Conversations;
using Overmind.Postgres;

namespace Overmind;

/// <summary>Registers the library.</summary>
public static class OvermindServiceCollectionExtensions
{
    /// <summary>All services of the library as singletons. The data source of requests (<see cref="Npgsql.NpgsqlDataSource"/>) is registered by the caller.</summary>
    public static IServiceCollection AddOvermind(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<Database>();
        services.TryAddSingleton<ConversationStore>();
        services.TryAddSingleton<MessageStore>();
        services.TryAddSingleton<ConversationService>();
        return services;
    }
}
