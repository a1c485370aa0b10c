using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Overmind.Agents;
using Overmind.Conversations;
using Overmind.Jobs;
using Overmind.Models;
using Overmind.Models.Offline;
using Overmind.Postgres;

namespace Overmind;

/// <summary>Registers the library.</summary>
public static class OvermindServiceCollectionExtensions
{
    /// <summary>
    /// All services of the library as singletons. The caller registers what they stand on: the data source of requests
    /// (<see cref="Npgsql.NpgsqlDataSource"/>) and the <see cref="UnpooledDataSource"/>; with <see cref="AddDatabase"/> both.
    /// </summary>
    /// <param name="offlineTokensPerSecond">How fast the offline model writes; null for as fast as it can.</param>
    public static IServiceCollection AddOvermind(this IServiceCollection services, double? offlineTokensPerSecond = null)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<Database>();
        services.TryAddSingleton<NotificationListener>();
        services.AddHostedService(provider => provider.GetRequiredService<NotificationListener>());
        services.TryAddSingleton(provider => Models(provider.GetRequiredService<TimeProvider>(), offlineTokensPerSecond));
        services.TryAddSingleton<JobStore>();
        services.TryAddSingleton<ConversationStore>();
        services.TryAddSingleton<MessageStore>();
        services.TryAddSingleton<ConversationService>();
        services.TryAddSingleton<RunStore>();
        services.TryAddSingleton<RunWorkStore>();
        services.TryAddSingleton<RunExecutor>();
        services.TryAddSingleton<RunEventHub>();
        services.TryAddSingleton<RunService>();
        return services;
    }

    /// <summary>The data sources of an opened database; it stays the caller's to dispose.</summary>
    public static IServiceCollection AddDatabase(this IServiceCollection services, OvermindDatabase database) =>
        services.AddSingleton(database.Requests).AddSingleton(new UnpooledDataSource(database.Direct));

    /// <summary>Lets this node work on jobs, runs among them.</summary>
    /// <param name="options">Default: 8 jobs at a time, leases of 15 s.</param>
    public static IServiceCollection AddOvermindWorker(this IServiceCollection services, JobWorkerOptions? options = null)
    {
        services.TryAddSingleton(options ?? new JobWorkerOptions());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IJobHandler, RunJobHandler>());
        services.TryAddSingleton<JobWorker>();
        services.AddHostedService(provider => provider.GetRequiredService<JobWorker>());
        return services;
    }

    static ChatModels Models(TimeProvider time, double? offlineTokensPerSecond)
    {
        var offline = new OfflineChatClient(time, offlineTokensPerSecond);
        return new ChatModels(new Dictionary<string, Func<string, IChatClient?>>(StringComparer.Ordinal)
        {
            [ModelReference.Offline.Provider] = model => model == ModelReference.Offline.Model ? offline : null,
        });
    }
}
