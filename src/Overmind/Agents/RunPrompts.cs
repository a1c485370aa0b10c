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
        return Messages(run.Prompts, run.Prompts.Agent, system, user, progress.Step(iteration, agent), Delegated(run, progress, iteration, agent));
    }

    /// <summary>How an agent is asked the sub-question of another.</summary>
    public static IReadOnlyList<ChatMessage> Delegate(
        RunSnapshot run, RunProgress progress, int iteration, AgentSnapshot asker, AgentSnapshot agent, string question)
    {
        var system = System(run.Prompts.Delegate, StepPhase.Delegate)
            .AppendSection("role", agent.Role)
            .AppendSection("goal", agent.Goal)
            .AppendSection("backstory", agent.Backstory);
        var user = History(run).AppendSection("original_question", run.Question).AppendSection("question", question);
        return Messages(run.Prompts, run.Prompts.Delegate, system, user, progress.Delegate(iteration, asker, agent.Key));
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

        return Messages(run.Prompts, template, System(template, phase), user, progress.Step(iteration, phase));
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

    static StringBuilder Conversation(RunSnapshot run) => History(run).AppendSection("question", run.Question);

    static StringBuilder History(RunSnapshot run)
    {
        var user = new StringBuilder();
        if (run.History.Count > 0)
        {
            user.Append("<history>\n");
            foreach (var message in run.History) user.AppendSection("message", message.Role, message.Content);
            user.Append("</history>\n");
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
        PromptTemplates prompts, PhasePrompt template, StringBuilder system, StringBuilder user, RecordedStep? step, IReadOnlyList<ChatMessage>? between = null)
    {
        var messages = new List<ChatMessage>
        {
            new(ChatRole.System, system.ToString().TrimEnd()),
            new(ChatRole.User, user.Append(template.Task).ToString()),
        };
        messages.AddRange(between ?? []);
        // A delegation is an answer that counts: what was sent back before it is settled.
        if (step is not { SentBack: true, ErrorMessage: { } reason }) return messages;

        var remark = new StringBuilder().AppendSection("sent_back", reason).Append(prompts.SentBack).ToString();
        if (string.IsNullOrWhiteSpace(step.Output))
        {
            // Some providers refuse a message without a text.
            messages[^1] = new ChatMessage(ChatRole.User, $"{messages[^1].Text}\n{remark}");
            return messages;
        }

        messages.Add(new ChatMessage(ChatRole.Assistant, step.Output));
        messages.Add(new ChatMessage(ChatRole.User, remark));
        return messages;
    }

    static string Format(PromptTemplates prompts, OutputFormat format) => format switch
    {
        OutputFormat.Sim4Lines => prompts.Sim4Lines,
        OutputFormat.Json => prompts.Json,
        _ => prompts.Markdown,
    };
}
