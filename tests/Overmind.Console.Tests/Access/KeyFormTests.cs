using Overmind.Access;
using Overmind.WebConsole.Access;

namespace Overmind.WebConsole.Tests.Access;

public class KeyFormTests
{
    static readonly DateTimeOffset Now = new(2030, 1, 31, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_key_reads_and_never_ends_unless_something_else_is_chosen()
    {
        var key = new KeyForm { Name = " Reports " }.ToNew(Now);
        (key.Name, key.ExpiresAt).ShouldBe(("Reports", null));
        key.Scopes.ShouldBe([ApiKeyScope.Read]);
        new KeyForm { Days = 30 }.ToNew(Now).ExpiresAt.ShouldBe(Now.AddDays(30));
    }

    [Fact]
    public void What_a_wider_scope_includes_is_chosen_with_it_and_not_written_twice()
    {
        var form = new KeyForm();
        form.Choose(ApiKeyScope.JobsRead);
        form.Choose(ApiKeyScope.RunsRun);
        (form.Has(ApiKeyScope.AgentsRead), form.IsIncluded(ApiKeyScope.AgentsRead), form.IsIncluded(ApiKeyScope.Read), form.IsIncluded(ApiKeyScope.RunsRun)).ShouldBe((true, true, false, false));
        form.ToNew(Now).Scopes.ShouldBe([ApiKeyScope.Read, ApiKeyScope.RunsRun]);
        form.Choose(ApiKeyScope.Read);
        form.ToNew(Now).Scopes.ShouldBe([ApiKeyScope.RunsRun, ApiKeyScope.JobsRead]);
    }

    [Fact]
    public void Every_scope_can_be_chosen() =>
        KeyForm.Whole.Select(whole => whole.Scope).Concat(KeyForm.Modules.SelectMany(module => module)).ShouldBe(Enum.GetValues<ApiKeyScope>(), ignoreOrder: true);
}
