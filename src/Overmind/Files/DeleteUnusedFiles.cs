using Overmind.Jobs;

namespace Overmind.Files;

/// <summary>Deletes contents of files that nothing refers to any more.</summary>
[Job("files.purge")]
sealed class DeleteUnusedFiles(FileStore store) : JobHandler<NoPayload>
{
    public override async Task HandleAsync(NoPayload payload, JobContext context, CancellationToken cancellationToken)
    {
        var deleted = 0L;
        (Guid, byte[])? last = null;
        do
        {
            (var more, last) = await store.DeleteUnusedAsync(last, cancellationToken);
            deleted += more;
        }
        while (last is not null);

        context.Result = new() { ["deleted"] = deleted };
    }
}
