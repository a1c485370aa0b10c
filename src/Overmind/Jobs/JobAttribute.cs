namespace Overmind.Jobs;

/// <summary>Names the kind of jobs that a <see cref="JobHandler{TPayload}"/> does.</summary>
/// <param name="kind">As in the job's row: lower case, digits, <c>_</c> and <c>.</c>, up to 100 characters, for example <c>mail.send</c>.</param>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class JobAttribute(string kind) : Attribute
{
    public string Kind { get; } = kind;
}
