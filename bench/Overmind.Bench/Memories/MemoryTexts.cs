namespace Overmind.Bench.Memories;

/// <summary>
/// What agents keep of conversations, a million of them and no two alike: who, what, about which thing, where, when and why, each drawn with the rarer words rarely. A
/// question asks for the thing, the place and the person of one of them.
/// </summary>
static class MemoryTexts
{
    static readonly string[] Names =
    [
        "Anna", "Joao", "Mina", "Peter", "Fatima", "Igor", "Lucia", "Samuel", "Priya", "Hanna", "Omar", "Greta", "Kenji", "Sofia", "Daniel", "Aisha", "Marek", "Elena", "Tom",
        "Nadia", "Victor", "Ingrid", "Paul", "Chloe", "Andre", "Yuki", "Rosa", "Felix", "Amara", "Oscar",
    ];

    static readonly string[] Beginnings = ["Ander", "Berg", "Carl", "Dal", "Ek", "Fal", "Gran", "Hol", "Is", "Jan", "Kov", "Lind", "Mor", "Nor", "Ols", "Pet", "Quin", "Ros", "Sten", "Tor"];

    static readonly string[] Endings = ["son", "man", "ova", "ski", "berg", "ini", "ez", "ter", "quist", "mann", "ard", "ley", "ton", "akis", "ic", "eau", "ado", "sen", "wick", "well"];

    static readonly string[] Deeds =
    [
        "prefers", "bought", "is looking for", "wants to sell", "was given", "complained about", "asked twice about", "has to return", "repaired", "lost", "recommended", "writes about",
        "teaches others about", "cannot afford", "was allergic to", "insured", "ordered", "cancelled", "collects", "dreams of", "forgot", "compared", "paid too much for", "photographed",
        "inherited", "rents", "shares", "planned", "measured", "painted",
    ];

    static readonly string[] Things =
    [
        "the invoice", "a mountain bicycle", "the old piano", "peanut butter", "their passport", "a wooden ladder", "solar panels", "the quarterly report", "a kitchen table", "the garden fence",
        "a sailing boat", "black coffee", "the tax return", "a winter coat", "concert tickets", "the insurance policy", "a phone with two cards", "the school timetable", "a vegetarian recipe", "the parking permit",
        "a telescope", "the wedding cake", "an electric car", "the library card", "noise cancelling headphones", "a second hand violin", "the database backup", "running shoes", "a hearing aid", "the marble staircase",
        "beehives", "a chess clock", "the vaccination record", "hand made soap", "a train ticket", "the river map", "an espresso machine", "the broken dishwasher", "a puppy", "the retirement plan",
        "a language course", "the choir", "orchids", "a patent", "the thesis", "mushrooms", "a sewing machine", "the newsletter", "a tent", "the heating bill",
    ];

    static readonly string[] Places =
    [
        "in Vienna", "in Lisbon", "at the office", "at home", "in Nairobi", "near the harbour", "in Osaka", "at the clinic", "in Boston", "at the university", "in Lyon", "on the island",
        "in Perth", "at the airport", "in Quito", "behind the station", "in Tunis", "at the market", "in Oslo", "by the lake", "in Krakow", "at the embassy", "in Lima", "in the mountains",
        "in Toronto", "at the theatre", "in Hanoi", "on the motorway", "in Seville", "at the workshop",
    ];

    static readonly string[] Times =
    [
        "last spring", "on Sundays", "before the holidays", "in March", "every morning", "since the move", "two years ago", "after midnight", "during the strike", "next autumn", "at Easter", "for a month",
        "until the end of the year", "in the rain", "once a week", "on their birthday", "between two flights", "when the shop had closed", "in 1998", "at noon",
    ];

    static readonly string[] Reasons =
    [
        "because the doctor advised it", "as it was cheaper than expected", "and told nobody", "although the neighbours objected", "since the contract ends soon", "because of the noise", "to surprise the children",
        "and will decide by Friday", "as the colour did not fit", "because the manager insisted", "to save electricity", "and needs an answer in writing", "although it rained all day", "because trains were late",
        "to learn something new", "and was very happy with it", "as the guarantee had expired", "because a friend did the same", "to have more time for music", "and regretted it later",
        "because the password was forgotten", "while waiting for a visa", "and keeps the receipt in a drawer", "since winter is long there", "because the allergy came back",
    ];

    public static string Of(int number)
    {
        var random = new Random(number);
        var who = Who(random);
        var (thing, place) = (Drawn(random, Things), Drawn(random, Places));
        return $"{who} {Drawn(random, Deeds)} {thing} {place} {Drawn(random, Times)} {Drawn(random, Reasons)}, order {random.Next(100_000)}";
    }

    public static string Question(int number)
    {
        var random = new Random(number);
        var who = Who(random);
        return $"What about {Drawn(random, Things)} {Drawn(random, Places)}, what did {who} say?";
    }

    static string Who(Random random) => $"{Drawn(random, Names)} {Drawn(random, Beginnings)}{Drawn(random, Endings)}";

    // The last ones a tenth as often as the first.
    static string Drawn(Random random, string[] words) => words[(int)(words.Length * Math.Pow(random.NextDouble(), 1.5))];
}
