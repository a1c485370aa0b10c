using System.Text;
using Microsoft.Extensions.AI;
using Overmind.Models;

namespace Overmind.Agents;

/// <summary>
/// The messages of each call: a system message (instructions, and who answers in which format), a user message made of sections,
/// for an agent that handed a sub-question on what came back, and for an answer that was sent back that answer and the reason.
/// </summary>
static class RunPrompts
{
    public static PhasePrompt Template(PromptTemplates prompts, StepPhase phase) => phase switch
    {
        StepPhase.Agent => prompts.Agent,
        StepPhase.Delegate => prompts.Delegate,
        StepPhase.Observe => prompts.Observe,
        StepPhase.Distil => prompts.Distil,
        StepPhase.Assemble => prompts.Assemble,
        _ => prompts.Inspect,
    };

    public static IReadOnlyList<ChatMessage> Agent(RunSnapshot run, RunProgress progress, int iteration, AgentSnapshot agent)
    {
        var system = System(run.Prompts.Agent, StepPhase.Agent)
            .AppendSection("role", agent.Role)
            .AppendSection("goal", agent.Goal)
            .AppendSection("backstory", agent.Backstory)
            .AppendSection("output_format", LowerSnake.Write(agent.OutputFormat))
            .Append(Format(run.Prompts, agent.OutputFormat));
        if (agent.OutputSchema is { } schema)
            system.Append('\n').AppendSection("json_schema", schema).Append("The JSON is valid against the schema in the json_schema section.");

        if (run.Memories.Count > 0) system.Append("\n\n").Append(run.Prompts.Memories);
        if (Delegations.MayDelegate(run, agent))
        {
            system.Append("\n\n<experts>\n");
            foreach (var other in run.Agents.Where(a => a != agent)) system.AppendSection("expert", other.Key, $"{other.Name}: {other.Goal}");
            system.Append("</experts>\n").Append(run.Prompts.Delegation);
        }

        var user = Conversation(run);
        if (iteration > 1)
        {
            user.AppendSection("directive", progress.Directive(iteration));
            AppendAnswers(user, "previous_answers", progress.Answers(iteration - 1));
        }

        if (run.ExecutionMode is ExecutionMode.Sequential)
            AppendAnswers(user, "answers_so_far", [.. progress.Answers(iteration).TakeWhile(a => a.Agent != agent)]);
        return Messages(run, run.Prompts.Agent, system, user, progress.Step(iteration, agent), Delegated(run, progress, iteration, agent));
    }

    /// <summary>How an agent is asked the sub-question of another.</summary>
    public static IReadOnlyList<ChatMessage> Delegate(
        RunSnapshot run, RunProgress progress, int iteration, AgentSnapshot asker, AgentSnapshot agent, string question)
    {
        var system = System(run.Prompts.Delegate, StepPhase.Delegate)
            .AppendSection("role", agent.Role)
            .AppendSection("goal", agent.Goal)
            .AppendSection("backstory", agent.Backstory);
        var user = Attached(History(run).AppendSection("original_question", run.Question).AppendSection("question", question), run);
        return Messages(run, run.Prompts.Delegate, system, user, progress.Delegate(iteration, asker, agent.Key));
    }

    public static IReadOnlyList<ChatMessage> Synthesis(RunSnapshot run, RunProgress progress, int iteration, StepPhase phase)
    {
        var template = Template(run.Prompts, phase);
        var user = Conversation(run);
        if (phase is not StepPhase.Inspect)
        {
            if (iteration > 1) user.AppendSection("directive", progress.Directive(iteration));
            AppendAnswers(user, "answers", progress.Answers(iteration));
        }

        if (phase is StepPhase.Distil or StepPhase.Assemble) user.AppendSection("observation", progress.Output(iteration, StepPhase.Observe)!);
        if (phase is StepPhase.Assemble or StepPhase.Inspect)
            user.AppendSection("insights", JsonAnswer.Unfenced(progress.Output(iteration, StepPhase.Distil)!));
        if (phase is StepPhase.Assemble && RunEnds.Best([.. progress.Iterations().Where(i => i.Iteration < iteration)]) is { } best)
            user.AppendSection("previous_draft", best.Assembled!);
        if (phase is StepPhase.Inspect)
        {
            var draft = progress.Step(iteration, StepPhase.Assemble)!;
            user.AppendSection("draft", draft.Output!);
            if (draft.ErrorMessage is not null) user.AppendSection("draft_remark", "The draft is cut off: it ended at its token limit.");
        }

        var system = System(template, phase);
        if (run.Memories.Count > 0 && phase is (StepPhase.Distil or StepPhase.Assemble)) system.Append(run.Prompts.Memories);
        return Messages(run, template, system, user, progress.Step(iteration, phase));
    }

    static StringBuilder System(PhasePrompt template, StepPhase phase) =>
        new StringBuilder(template.Instructions).Append("\n\n").AppendSection("phase", LowerSnake.Write(phase));

    /// <summary>What an agent handed on and what came back; none while the other has not answered.</summary>
    static IReadOnlyList<ChatMessage> Delegated(RunSnapshot run, RunProgress progress, int iteration, AgentSnapshot agent)
    {
        if (progress.Step(iteration, agent)?.Delegation is not { } delegation
            || progress.Delegate(iteration, agent, delegation.To) is not { Status: "succeeded" or "failed" } answered) return [];
        var answer = answered.Status == "succeeded" ? answered.Output! : $"There is no answer. {answered.ErrorMessage}";
        return
        [
            new(ChatRole.Assistant, Delegations.Write(delegation)),
            new(ChatRole.User, new StringBuilder().AppendSection("delegate_answer", delegation.To, answer).Append(run.Prompts.Delegated).ToString()),
        ];
    }

    static StringBuilder Conversation(RunSnapshot run) => Attached(History(run).AppendSection("question", run.Question), run);

    /// <summary>What came with the question: texts as they are, pictures with the message, and of all else that it is there.</summary>
    static StringBuilder Attached(StringBuilder user, RunSnapshot run)
    {
        foreach (var attachment in run.Attachments)
            user.AppendSection("attachment", attachment.Title, attachment.Text ?? (run.Images.ContainsKey(attachment.Id) ? "It is given with this message." : "Its content cannot be given here."));
        return user;
    }

    static StringBuilder History(RunSnapshot run)
    {
        var user = new StringBuilder();
        if (run.Summary is { } summary) user.AppendSection("earlier_messages", "summary", summary.Text);
        if (run.History.Count > 0)
        {
            user.Append("<history>\n");
            foreach (var message in run.History) user.AppendSection("message", message.Role, message.Content);
            user.Append("</history>\n");
        }

        if (run.Memories.Count > 0)
        {
            user.Append("<memories>\n");
            foreach (var memory in run.Memories) user.AppendSection("memory", $"m{memory.Number}", memory.Content);
            user.Append("</memories>\n");
        }

        return user;
    }

    static void AppendAnswers(StringBuilder user, string section, IReadOnlyList<(AgentSnapshot Agent, RecordedStep Step)> answers)
    {
        if (answers.Count == 0) return;
        user.Append('<').Append(section).Append(">\n");
        foreach (var (agent, step) in answers) user.AppendSection("answer", agent.Name, step.Output!);
        user.Append("</").Append(section).Append(">\n");
    }

    static List<ChatMessage> Messages(
        RunSnapshot run, PhasePrompt template, StringBuilder system, StringBuilder user, RecordedStep? step, IReadOnlyList<ChatMessage>? between = null)
    {
        var messages = new List<ChatMessage>
        {
            new(ChatRole.System, system.ToString().TrimEnd()),
            new(ChatRole.User, [new TextContent(user.Append(template.Task).ToString()), .. Images(run)]),
        };
        messages.AddRange(between ?? []);
        // A delegation is an answer that counts: what was sent back before it is settled.
        if (step is not { SentBack: true, ErrorMessage: { } reason }) return messages;

        var remark = new StringBuilder().AppendSection("sent_back", reason).Append(run.Prompts.SentBack).ToString();
        if (string.IsNullOrWhiteSpace(step.Output))
        {
            // Some providers refuse a message without a text.
            messages[^1] = new ChatMessage(ChatRole.User, [new TextContent($"{messages[^1].Text}\n{remark}"), .. messages[^1].Contents.OfType<DataContent>()]);
            return messages;
        }

        messages.Add(new ChatMessage(ChatRole.Assistant, step.Output));
        messages.Add(new ChatMessage(ChatRole.User, remark));
        return messages;
    }

    static IEnumerable<DataContent> Images(RunSnapshot run) =>
        from attachment in run.Attachments
        where run.Images.ContainsKey(attachment.Id)
        select new DataContent(run.Images[attachment.Id], attachment.MediaType) { Name = attachment.Name };

    static string Format(PromptTemplates prompts, OutputFormat format) => format switch
    {
        OutputFormat.Sim4Lines => prompts.Sim4Lines,
        OutputFormat.Json => prompts.Json,
        _ => prompts.Markdown,
    };
}
