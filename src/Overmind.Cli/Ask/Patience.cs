using Overmind.Client;

namespace Overmind.Cli.Ask;

/// <summary>Repeats what fails because the server is away, until it has not answered anyone for two minutes.</summary>
sealed class Patience(TimeProvider time)
{
    static readonly TimeSpan Longest = TimeSpan.FromMinutes(2);
    static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    long _lastAnswer = time.GetTimestamp();

    public async Task<T> WithAsync<T>(Func<Task<T>> ask, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                var answer = await ask();
                Answered();
                return answer;
            }
            catch (Exception away) when (IsPassing(away, cancellationToken))
            {
                if (time.GetElapsedTime(Interlocked.Read(ref _lastAnswer)) > Longest)
                    throw new CliException(
                        "not_answering", $"the server has not answered for {Longest.TotalMinutes} minutes: {away.Message}",
                        "start it, then run the same command again: it goes on where it stopped");
                await Task.Delay(Pause, time, cancellationToken);
            }
        }
    }

    /// <summary>The server is there.</summary>
    public void Answered() => Interlocked.Exchange(ref _lastAnswer, time.GetTimestamp());

    static bool IsPassing(Exception failure, CancellationToken cancellationToken) => failure switch
    {
        OvermindApiException told => told.Retryable,
        HttpRequestException or IOException => true,
        TaskCanceledException { InnerException: TimeoutException } => !cancellationToken.IsCancellationRequested,
        _ => false,
    };
}
