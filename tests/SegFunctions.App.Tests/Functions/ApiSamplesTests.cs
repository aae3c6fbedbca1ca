using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using SegFunctions.App.Functions;
using SegFunctions.App.Hosting.Registry;
using SegFunctions.App.Tests.Privacy;

namespace SegFunctions.App.Tests.Functions;

/// <summary>The samples of docs/api.md are what is served: each request is made, and status, names and types of its answer compared.</summary>
/// <remarks>
/// With the environment variable <c>SEGFUNCTIONS_WRITE_SAMPLES=1</c> the answers are written into the page instead; read
/// the difference before you commit it.
/// </remarks>
public sealed partial class ApiSamplesTests
{
    private const int ElementsShown = 2;
    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    [Fact]
    public async Task Samples_of_the_page_are_what_is_served()
    {
        var page = await File.ReadAllTextAsync(PagePath());
        var shop = new ServedShop();
        await shop.InitializeAsync();
        await shop.HoldAsync();
        var asked = new HashSet<string>(StringComparer.Ordinal);
        var written = new StringBuilder();
        var end = 0;
        foreach (Match sample in Sample().Matches(page))
        {
            var lines = sample.Groups["request"].Value.Split('\n', 2);
            var (method, address) = (lines[0].Split(' ')[0], lines[0].Split(' ')[1]);
            using var request = new HttpRequestMessage(new HttpMethod(method), Actual(address, shop));
            if (lines.Length > 1)
                request.Content = new StringContent(lines[1].Trim(), Encoding.UTF8, "application/json");
            using var answer = await shop.App.Client.SendAsync(request);
            var body = await answer.Content.ReadAsStringAsync();
            if (method == "POST" && address == "/api/v1/runs")
                await shop.App.PumpAsync();
            if (method == "POST" && address.EndsWith("/privacy/erasure", StringComparison.Ordinal))
                await Erasing.FinishAsync(shop.App, address);
            asked.Add($"{method} {address}");

            var isJson = sample.Groups["language"].Value == "json";
            var served = isJson ? Shown(JsonNode.Parse(body)) : null;
            written.Append(page, end, sample.Groups["status"].Index - end)
                .Append((int)answer.StatusCode)
                .Append(page, sample.Groups["status"].Index + 3, sample.Groups["answer"].Index - sample.Groups["status"].Index - 3)
                .Append(isJson ? served!.ToJsonString(Readable) : body.TrimEnd());
            end = sample.Groups["answer"].Index + sample.Groups["answer"].Length;
            if (IsWriting)
                continue;
            Assert.Equal($"{lines[0]} {sample.Groups["status"].Value}", $"{lines[0]} {(int)answer.StatusCode}");
            if (isJson)
                Assert.Equal($"{lines[0]}\n{ShapeOf(JsonNode.Parse(sample.Groups["answer"].Value))}", $"{lines[0]}\n{ShapeOf(served)}");
            else
                Assert.Equal(sample.Groups["answer"].Value.Split('\n')[0], body.Split('\n')[0].TrimEnd());
        }

        await shop.DisposeAsync();
        if (IsWriting)
            await File.WriteAllTextAsync(PagePath(), written.Append(page, end, page.Length - end).ToString());
        var functions = SegFunctionsApp.Functions().Functions
            .Where(function => function.Trigger is HttpFunctionTrigger && function.DeclaringType.Namespace == typeof(CustomerFunctions).Namespace);
        foreach (var function in functions)
        {
            var trigger = (HttpFunctionTrigger)function.Trigger;
            var route = new Regex("^" + Regex.Replace("/api/" + trigger.Pattern.RawText, @"\{\w+\}", "[^/?]+", RegexOptions.None, Limit) + @"(\?|$)", RegexOptions.None, Limit);
            Assert.True(
                asked.Any(request => trigger.Methods.Contains(request.Split(' ')[0], StringComparer.OrdinalIgnoreCase) && route.IsMatch(request.Split(' ')[1])),
                $"docs/api.md has no sample of {function.Name}");
        }
    }

    private static TimeSpan Limit => TimeSpan.FromSeconds(1);

    private static bool IsWriting => Environment.GetEnvironmentVariable("SEGFUNCTIONS_WRITE_SAMPLES") == "1";

    /// <summary>Ids carry the time and chance of their making: those of the page stand for those of today.</summary>
    private static string Actual(string address, ServedShop shop) =>
        RunIds().Replace(
            UploadIds().Replace(
                address,
                address.EndsWith("/release", StringComparison.Ordinal) ? shop.HeldIds[0] : address.EndsWith("/reject", StringComparison.Ordinal) ? shop.HeldIds[1] : shop.UploadId),
            shop.RunId);

    /// <summary>Long lists are cut in the page, and before they are compared with it.</summary>
    private static JsonNode? Shown(JsonNode? node) => node switch
    {
        JsonObject structure => new JsonObject(structure.Select(member => KeyValuePair.Create(member.Key, Shown(member.Value)))),
        JsonArray list => new JsonArray([.. list.Take(ElementsShown).Select(Shown)]),
        _ => node?.DeepClone(),
    };

    private static string ShapeOf(JsonNode? node)
    {
        var shapes = new SortedSet<string>(StringComparer.Ordinal);
        Add("$", node);
        return string.Join('\n', shapes);

        void Add(string path, JsonNode? part)
        {
            switch (part)
            {
                case JsonObject structure:
                    foreach (var (name, value) in structure)
                        Add($"{path}.{name}", value);
                    break;
                case JsonArray list:
                    foreach (var element in list)
                        Add($"{path}[]", element);
                    break;
                default:
                    shapes.Add($"{path}: {part?.GetValueKind() switch
                    {
                        null => "null",
                        JsonValueKind.True or JsonValueKind.False => "boolean",
                        { } kind => kind.ToString(),
                    }}");
                    break;
            }
        }
    }

    private static string PagePath()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "SegFunctions.sln")))
            folder = Path.GetDirectoryName(folder) ?? throw new DirectoryNotFoundException("The repository was not found.");
        return Path.Combine(folder, "docs", "api.md");
    }

    [GeneratedRegex(@"```http\n(?<request>.*?)\n```\n\n`(?<status>\d{3})`\n\n```(?<language>json|csv|markdown)\n(?<answer>.*?)\n```", RegexOptions.Singleline, 5_000)]
    private static partial Regex Sample();

    [GeneratedRegex(@"\d{8}T\d{6}Z-[0-9a-f]{12}", RegexOptions.None, 1_000)]
    private static partial Regex UploadIds();

    [GeneratedRegex(@"\d{8}T\d{9}Z-[0-9a-f]{4}", RegexOptions.None, 1_000)]
    private static partial Regex RunIds();
}
