namespace Overmind.Tests.Models.Offline;

/// <summary>Two-turn questions of eight kinds.</summary>
static class SampleQuestions
{
    public static readonly (string First, string Second)[] All =
    [
        ("Write a warm farewell letter from a lighthouse keeper to the harbour town that is about to automate the lamp, and mention the storms, the "
            + "fishing boats and the children who used to visit.", "Shorten your letter to the three sentences that matter most."),
        ("Speak as a retired watchmaker. An apprentice asks you why patience matters more than good tools. What do you tell her?",
            "She laughs and says that machines do it faster. How do you reply?"),
        ("Four friends stand in a queue. Ada is before Ben, Carla is directly behind Dan, and Ben is last. In which order do they stand, and is there "
            + "more than one solution?", "Now suppose that Ben may stand anywhere. How many orders are possible?"),
        ("A water tank holds 240 litres. One pump fills it in 6 hours, a second one in 4 hours, and a leak empties it in 12 hours. How long does it take "
            + "to fill the tank when all three are open?", "What changes if the leak is closed after the first hour?"),
        ("Implement a function in C# that merges overlapping time intervals and returns them sorted, and explain its complexity.",
            "Can it work on a stream of intervals that does not fit in memory?"),
        ("Extract the product, the price and the date of each order as JSON: On 3 May the Hill Street bakery ordered two mixers for 780 euros. The school "
            + "kitchen bought one oven for 2,150 euros on 9 May. A week later the café by the river returned a grinder worth 95 euros.",
            "Add the customer to each entry and sort them by price."),
        ("Why does the sea look blue although water in a glass has no colour?", "Design a simple experiment with household items that shows it."),
        ("Compare how the printing press and the internet changed who may speak in public, with examples from education, religion and trade.",
            "Which of these changes was harder to undo, and why?"),
    ];
}
