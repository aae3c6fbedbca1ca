using System.Net.Sockets;
using Azure;

namespace SegFunctions.Storage;

/// <summary>Asks the services of an account for something small and puts what happens into plain words.</summary>
internal static class StorageReach
{
    // Neither has to exist: "there is none" is an answer from a service that accepted the credential.
    private const string Container = "locks";
    private const string Queue = "probe";

    public static async Task<StorageProbe> ProbeAsync(StorageConnection connection, TimeSpan limit, CancellationToken cancellationToken)
    {
        var once = connection with { Retries = 0, AttemptLimit = limit };
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        stop.CancelAfter(limit);
        var explanations = await Task.WhenAll(
            AskAsync("blob", once.Blobs, () => once.CreateBlobClient().GetBlobContainerClient(Container).GetPropertiesAsync(cancellationToken: stop.Token)),
            AskAsync("queue", once.Queues, () => once.CreateQueueClient().GetQueueClient(Queue).GetPropertiesAsync(stop.Token)));
        cancellationToken.ThrowIfCancellationRequested();
        var faults = explanations.Where(explanation => explanation is not null).ToArray();
        return faults.Length == 0
            ? new StorageProbe(IsReachable: true, $"Storage answers at {once.Blobs} and {once.Queues}.")
            : new StorageProbe(IsReachable: false, string.Join(" ", faults));

        async Task<string?> AskAsync(string service, Uri address, Func<Task> ask)
        {
            try
            {
                await ask();
                return null;
            }
            catch (RequestFailedException failure) when (failure.Status == 404)
            {
                return null;
            }
            catch (OperationCanceledException)
            {
                return $"The {service} service at {address} did not answer within {limit.TotalSeconds:0.#} s.";
            }
            catch (Exception failure)
            {
                return $"The {service} service at {address} {Explain(failure, address)}";
            }
        }
    }

    private static string Explain(Exception failure, Uri address)
    {
        for (var inner = failure; inner is not null; inner = inner.InnerException)
        {
            if (inner is SocketException socket)
                return Explain(socket, address);
        }

        return failure switch
        {
            RequestFailedException { Status: 401 or 403, ErrorCode: var code } =>
                $"refused the credential ({code}): check the account key or signature, the clock, the firewall, or that the identity has the data roles.",
            RequestFailedException { Status: > 0 and var status, ErrorCode: var code } =>
                $"answered {status} ({code}).",
            _ => $"cannot be used: {FirstLine(failure.Message)}",
        };
    }

    private static string Explain(SocketException failure, Uri address) => failure.SocketErrorCode switch
    {
        SocketError.ConnectionRefused when address.IsLoopback =>
            "does not listen (connection refused). Is Azurite running on that port?",
        SocketError.ConnectionRefused => "does not listen (connection refused).",
        SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain =>
            $"has a host name, '{address.Host}', that is not known. Is the account's name right, and is there a network?",
        var code => $"cannot be reached ({code}).",
    };

    private static string FirstLine(string message)
    {
        var end = message.AsSpan().IndexOfAny('\r', '\n');
        return end < 0 ? message : message[..end];
    }
}
