using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Overmind.Jobs;

/// <summary>Registers kinds of jobs.</summary>
public static class JobServiceCollectionExtensions
{
    /// <summary>Adds a kind: workers of this program do its jobs, and they can be enqueued.</summary>
    /// <param name="options">Default: 3 attempts with exponential waits, kept for 7 days, 30 when it failed.</param>
    public static IServiceCollection AddJob<THandler>(this IServiceCollection services, JobKindOptions? options = null)
        where THandler : JobHandler
    {
        services.TryAddScoped<THandler>();
        return services.AddSingleton(JobKind.Of<THandler>(options ?? new JobKindOptions()));
    }
}
