using Microsoft.AspNetCore.Components;
using Overmind.Audit;
using Overmind.Errors;

namespace Overmind.WebConsole.Access;

/// <summary>Records that the member of this page opened what they may not see: once for each address that they come to.</summary>
public sealed class DeniedPages(SignedInMember member, AuditLogService log, NavigationManager navigation)
{
    static readonly AuditedAct Denied = new("access.denied", AuditAction.Execute);

    string? _recorded;

    public async Task RecordAsync()
    {
        var path = "/" + navigation.ToBaseRelativePath(navigation.Uri).Split('?', '#')[0];
        if (_recorded == path)
            return;
        _recorded = path;
        await log.FailedAsync(await member.ClaimsAsync(), Denied, new AuditFailure(ErrorCatalogue.Word(ErrorCode.Forbidden), $"GET {path}", null), CancellationToken.None);
    }
}
