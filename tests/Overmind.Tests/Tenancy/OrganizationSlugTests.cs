using Overmind.Tenancy;

namespace Overmind.Tests.Tenancy;

public class OrganizationSlugTests
{
    [Theory]
    [InlineData("Acme", "acme")]
    [InlineData("  Wahl & Söhne, GmbH ", "wahl-sohne-gmbh")]
    [InlineData("ACME---Labs", "acme-labs")]
    [InlineData("Żółć", "zolc")]
    [InlineData("日本", "organization")]
    [InlineData("X", "organization-x")]
    [InlineData("Admin", "organization-admin")]
    [InlineData("", "organization")]
    public void A_name_gives_a_slug(string name, string slug) => OrganizationSlug.Of(name).ShouldBe(slug);

    [Fact]
    public void A_long_name_gives_a_slug_that_fits() => OrganizationSlug.Of(new string('x', 99) + " y z").ShouldBe(new string('x', 99));
}
