using Overmind.Access;

namespace Overmind.Tests.Access;

public class ApiKeyScopesTests
{
    [Fact]
    public void A_scope_includes_its_part_in_each_module_and_nothing_else()
    {
        foreach (var held in Enum.GetValues<ApiKeyScope>())
            foreach (var asked in Enum.GetValues<ApiKeyScope>())
                ApiKeyScopes.Of(held).Include(asked).ShouldBe(held == asked || held == ApiKeyScopes.Whole(asked), $"{held}, {asked}");
    }

    [Fact]
    public void A_scope_of_a_module_is_the_part_of_one_without()
    {
        foreach (var scope in Enum.GetValues<ApiKeyScope>())
            LowerSnake.Write(scope).ShouldMatch(@"^([a-z_]+\.)?(read|write|run|admin)$");
        ApiKeyScopes.Whole(ApiKeyScope.ApiKeysAdmin).ShouldBe(ApiKeyScope.Admin);
        ApiKeyScopes.Whole(ApiKeyScope.Run).ShouldBe(ApiKeyScope.Run);
    }

    [Fact]
    public void All_of_them_are_four_words()
    {
        ApiKeyScopes.All.Members().ShouldBe([ApiKeyScope.Read, ApiKeyScope.Write, ApiKeyScope.Run, ApiKeyScope.Admin]);
        Enum.GetValues<ApiKeyScope>().ShouldAllBe(scope => ApiKeyScopes.All.Include(scope));
        default(ApiKeyScopes).Members().ShouldBeEmpty();
    }
}
