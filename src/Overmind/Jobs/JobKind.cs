using System.Reflection;

namespace Overmind.Jobs;

/// <summary>A registered kind of jobs.</summary>
/// <param name="Name">As in the job's row.</param>
/// <param name="Handler">The class that does it, a <see cref="JobHandler{TPayload}"/>.</param>
/// <param name="Payload">What its jobs carry.</param>
public sealed record JobKind(string Name, Type Handler, Type Payload, JobKindOptions Options)
{
    /// <exception cref="InvalidOperationException">The class lacks its <see cref="JobAttribute"/>.</exception>
    internal static JobKind Of<THandler>(JobKindOptions options)
        where THandler : JobHandler
    {
        var handler = typeof(THandler);
        var name = handler.GetCustomAttribute<JobAttribute>()?.Kind
            ?? throw new InvalidOperationException($"{handler.Name} does not say which jobs it does: put [Job(\"…\")] on it.");
        var typed = handler;
        while (!typed.IsGenericType || typed.GetGenericTypeDefinition() != typeof(JobHandler<>)) typed = typed.BaseType!;
        return new JobKind(name, handler, typed.GetGenericArguments()[0], options);
    }
}
