using Overmind.Memory;
using Overmind.Memory.Forming;

namespace Overmind.Tests.Memory.Forming;

public class FactReaderTests
{
    [Theory]
    [InlineData("My name is Ana Lucía.", "name = ana lucía")]
    [InlineData("Hi! I'm called Bo, by the way.", "name = bo")]
    [InlineData("I live in Porto now.", "home = porto")]
    [InlineData("I’ve just moved to Lisbon because of work.", "home = lisbon")]
    [InlineData("We're based in Graz, Austria.", "home = graz, austria")]
    [InlineData("I work at Acme as well.", "employer = acme")]
    [InlineData("I work as a marine biologist.", "job = marine biologist")]
    [InlineData("I'm 34 years old.", "age = 34")]
    [InlineData("I am allergic to peanuts!", "allergy:peanuts = yes")]
    [InlineData("I'm a vegetarian.", "is:vegetarian = yes")]
    [InlineData("I'm not a vegetarian anymore.", "is:vegetarian = not yes")]
    [InlineData("I really like green tea.", "feeling:green tea = liked")]
    [InlineData("I don't like green tea anymore", "feeling:green tea = not liked")]
    [InlineData("I hate green tea.", "feeling:green tea = not liked")]
    [InlineData("I prefer tea over coffee.", "prefer:coffee|tea = tea")]
    [InlineData("I prefer coffee to tea.", "prefer:coffee|tea = coffee")]
    [InlineData("We use PostgreSQL for storage.", "use for:storage = postgresql")]
    [InlineData("We switched to MySQL for storage", "use for:storage = mysql")]
    [InlineData("We no longer use Jenkins.", "use:jenkins = not yes")]
    [InlineData("I don't live in Porto anymore.", "home = porto (denied)")]
    [InlineData("My favourite colour is blue.", "my:favourite colour = blue")]
    [InlineData("My dog's name is Rex.", "my:dog's name = rex")]
    [InlineData("Our database is PostgreSQL 17.", "our:database = postgresql 17")]
    [InlineData("The deadline for the report is 12 March.", "deadline:report = 12 march")]
    [InlineData("The invoice is due on Friday.", "deadline:invoice = friday")]
    [InlineData("Don't use emojis.", "rule:use emojis = never")]
    [InlineData("Please always answer in German.", "rule:answer in german = always")]
    [InlineData("Answer in German from now on.", "rule:answer in german = always")]
    [InlineData("Remember that my name is Ana.", "name = ana")]
    [InlineData("Remember that the gate code is kept in the safe.", "note: The gate code is kept in the safe")]
    [InlineData("Yesterday I met Tom in Oslo.", "event: Yesterday I met Tom in Oslo.")]
    [InlineData("We decided to rewrite the parser.", "decision: We decided to rewrite the parser.")]
    [InlineData("My name is Ana and I live in Porto, but I work at Acme.", "name = ana", "home = porto", "employer = acme")]
    public void Lasting_facts_are_read(string message, params string[] facts) =>
        FactReader.Read(message, null).Select(Written).ShouldBe(facts);

    [Theory]
    [InlineData("Do I live in Porto?")]
    [InlineData("What is my name?")]
    [InlineData("If I live in Porto, what do I pay?")]
    [InlineData("Suppose I am a vegetarian.")]
    [InlineData("I would like a cup of tea.")]
    [InlineData("Maybe I like tea.")]
    [InlineData("I might move to Porto.")]
    [InlineData("I think I like it.")]
    [InlineData("I wish I lived in Porto.")]
    [InlineData("I like this.")]
    [InlineData("I love your answer.")]
    [InlineData("My question is how this works.")]
    [InlineData("My code is broken.")]
    [InlineData("Don't worry.")]
    [InlineData("Never mind.")]
    [InlineData("Don't use tables in this answer.")]
    [InlineData("> I live in Porto")]
    [InlineData("```\nI live in Porto\n```")]
    [InlineData("Tom lives in Porto.")]
    [InlineData("Write a poem about the sea.")]
    [InlineData("Thanks, that helps.")]
    [InlineData("")]
    public void Questions_suppositions_and_what_is_of_the_moment_are_not(string message) => FactReader.Read(message, null).ShouldBeEmpty();

    [Theory]
    [InlineData("My name is Ana. No, I meant Anna.", "name = ana", "name = anna")]
    [InlineData("I live in Porto. Sorry, it's Lisbon.", "home = porto", "home = lisbon")]
    [InlineData("I live in Porto. It's Lisbon, not Porto.", "home = porto", "home = lisbon")]
    [InlineData("I live in Porto. It is raining.", "home = porto")]
    [InlineData("Actually, I live in Lisbon.", "home = lisbon")]
    public void Corrections_say_what_was_said_before_with_another_value(string message, params string[] facts) =>
        FactReader.Read(message, null).Select(Written).ShouldBe(facts);

    [Fact]
    public void A_correction_keeps_the_sentence()
    {
        var facts = FactReader.Read("I live in Porto with my cat. No, I meant Lisbon with my cat.", null);
        facts[^1].Content.ShouldBe("I live in Lisbon with my cat.");
    }

    [Fact]
    public void The_words_stay_as_they_were_said()
    {
        var fact = FactReader.Read("Well, by the way: I don't eat at Luigi's; my birthday is 3 May.", null).ShouldHaveSingleItem();
        (fact.Content, fact.Type, fact.Category).ShouldBe(("My birthday is 3 May.", MemoryType.Semantic, "fact"));
    }

    [Fact]
    public void However_long_or_strange_a_message_is_it_is_read_in_time()
    {
        FactReader.Read(string.Concat(Enumerable.Repeat("I like tea and I ", 20_000)), null);
        FactReader.Read(new string('(', 100_000), null).ShouldBeEmpty();
        FactReader.Read(string.Concat(Enumerable.Repeat("my my my is is is ", 5_000)), null);
    }

    static string Written(Fact fact) => fact.Key is null ? $"{fact.Category}: {fact.Content}" : $"{fact.Key} = {fact.Value}{(fact.IsDenial ? " (denied)" : "")}";
}
