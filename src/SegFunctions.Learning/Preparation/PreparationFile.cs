using System.Text.Json.Nodes;
using SegFunctions.Learning.Explanation;

namespace SegFunctions.Learning.Preparation;

/// <summary>Writes and reads a <see cref="PreparationModel"/>: decisions and names in the header, where they can be read by eye; numbers in arrays.</summary>
internal static class PreparationFile
{
    private const string Kind = "preparation";
    private const int Version = 1;
    private const int NumbersPerDecision = 2;
    private const int NumbersPerStep = 6;

    public static void Write(Stream stream, IReadOnlyList<ColumnDecision> report, ColumnSteps[] steps, OutputColumn[] prepared, PrincipalComponents? components)
    {
        var fields = new JsonObject
        {
            ["columns"] = List(report, Describe),
            ["steps"] = List(steps, Describe),
            ["outputs"] = List(prepared, output => new JsonObject { ["name"] = output.Name, ["source"] = output.Source, ["part"] = (int)output.Part, ["level"] = output.Level ?? "" }),
            ["components"] = components is not null,
        };
        double[] decisions = [.. report.SelectMany(decision => new[] { decision.Typical ?? double.NaN, decision.Skewness })];
        double[] numbers = [.. steps.SelectMany(Numbers)];
        ModelFile.Write(stream, Kind, Version, fields, ("decisions", decisions), ("numbers", numbers), ("means", components?.Means ?? []), ("weights", components?.Weights ?? []), ("shares", components?.Shares ?? []));
    }

    public static PreparationModel Read(Stream stream)
    {
        var file = ModelFile.Read(stream, Kind, Version);
        var report = ReadReport(file);
        var outputs = ReadOutputs(file, report.Length);
        var steps = ReadSteps(file, report, outputs.Length);
        return new PreparationModel(report, steps, outputs, ReadComponents(file, outputs.Length));
    }

    private static JsonArray List<T>(IEnumerable<T> items, Func<T, JsonObject> describe)
    {
        var list = new JsonArray();
        foreach (var item in items)
            list.Add((JsonNode)describe(item));
        return list;
    }

    private static JsonObject Describe(ColumnDecision decision) => new()
    {
        ["name"] = decision.Column,
        ["kind"] = (int)decision.Kind,
        ["use"] = (int)decision.Use,
        ["en"] = decision.Reason.En,
        ["fr"] = decision.Reason.Fr,
        ["missing"] = decision.Missing,
        ["winsorised"] = decision.Winsorised,
    };

    private static JsonObject Describe(ColumnSteps steps)
    {
        var fields = new JsonObject { ["column"] = steps.Index, ["missingOutput"] = steps.MissingOutput };
        if (steps is LevelSteps level)
        {
            fields["levels"] = new JsonArray([.. level.Levels.Select(text => (JsonNode)text)]);
            fields["outputs"] = new JsonArray([.. level.Outputs.Select(output => (JsonNode)output)]);
        }
        else
        {
            var number = (NumberSteps)steps;
            fields["output"] = number.Output;
            fields["transformation"] = (int)number.Treatment.Transformation;
            fields["scaleSource"] = (int)number.Treatment.ScaleSource;
        }

        return fields;
    }

    private static double[] Numbers(ColumnSteps steps) => steps is NumberSteps { Treatment: var treatment }
        ? [steps.MissingHeight, treatment.Fill, treatment.Lambda, treatment.Centre, treatment.Scale, treatment.Bound]
        : [steps.MissingHeight, ((LevelSteps)steps).Height, 0, 0, 0, 0];

    private static ColumnDecision[] ReadReport(ModelFile file)
    {
        var list = file.List("columns");
        var numbers = file.Array("decisions", list.Count * NumbersPerDecision);
        var report = new ColumnDecision[list.Count];
        for (var i = 0; i < report.Length; i++)
        {
            var entry = list[i] as JsonObject;
            var typical = numbers[i * NumbersPerDecision];
            report[i] = new ColumnDecision
            {
                Column = ModelFile.Field<string>(entry, "name"),
                Index = i,
                Kind = Defined<ColumnKind>(entry, "kind"),
                Use = Defined<ColumnUse>(entry, "use"),
                Reason = new Bilingual(ModelFile.Field<string>(entry, "en"), ModelFile.Field<string>(entry, "fr")),
                Typical = double.IsNaN(typical) ? null : typical,
                Missing = ModelFile.Field<int>(entry, "missing"),
                Winsorised = ModelFile.Field<int>(entry, "winsorised"),
                Skewness = numbers[(i * NumbersPerDecision) + 1],
            };
        }

        return report.Select(decision => decision.Column).Distinct(StringComparer.Ordinal).Count() == report.Length
            ? report
            : throw new InvalidDataException("The stored preparation names a column twice; it is damaged.");
    }

    private static OutputColumn[] ReadOutputs(ModelFile file, int columns)
    {
        var list = file.List("outputs");
        var outputs = new OutputColumn[list.Count];
        for (var i = 0; i < outputs.Length; i++)
        {
            var entry = list[i] as JsonObject;
            var part = Defined<OutputPart>(entry, "part");
            outputs[i] = new OutputColumn(ModelFile.Field<string>(entry, "name"), Within(entry, "source", 0, columns), part, part == OutputPart.Level ? ModelFile.Field<string>(entry, "level") : null);
        }

        return outputs;
    }

    private static ColumnSteps[] ReadSteps(ModelFile file, ColumnDecision[] report, int outputs)
    {
        var list = file.List("steps");
        var numbers = file.Array("numbers", list.Count * NumbersPerStep);
        var steps = new ColumnSteps[list.Count];
        for (var i = 0; i < steps.Length; i++)
        {
            var entry = list[i] as JsonObject;
            var own = numbers.AsSpan(i * NumbersPerStep, NumbersPerStep);
            var decision = report[Within(entry, "column", 0, report.Length)];
            var step = decision.Use == ColumnUse.Levels ? ReadLevels(entry, decision, own, outputs) : ReadNumbers(entry, decision, own, outputs);
            steps[i] = step with { MissingOutput = Within(entry, "missingOutput", -1, outputs), MissingHeight = own[0] };
        }

        return steps;
    }

    private static ColumnSteps ReadNumbers(JsonObject? entry, ColumnDecision decision, ReadOnlySpan<double> numbers, int outputs)
    {
        var treatment = new NumericTreatment
        {
            Fill = numbers[1],
            Transformation = Defined<Transformation>(entry, "transformation"),
            Lambda = numbers[2],
            Centre = numbers[3],
            Scale = numbers[4],
            ScaleSource = Defined<ScaleSource>(entry, "scaleSource"),
            Bound = numbers[5],
        };
        return new NumberSteps(decision.Index, decision.Column, decision.Kind, treatment, Within(entry, "output", -1, outputs));
    }

    private static ColumnSteps ReadLevels(JsonObject? entry, ColumnDecision decision, ReadOnlySpan<double> numbers, int outputs)
    {
        var levels = Items<string>(entry, "levels");
        var places = Items<int>(entry, "outputs");
        if (levels.Length == 0 || levels.Distinct(StringComparer.Ordinal).Count() != levels.Length || places.Length != levels.Length + 1 || places.Any(place => place < -1 || place >= outputs))
            throw new InvalidDataException($"The stored preparation lists the texts of column {decision.Index} wrongly; it is damaged.");
        return new LevelSteps(decision.Index, decision.Column, decision.Kind, levels, places, numbers[1]);
    }

    private static PrincipalComponents? ReadComponents(ModelFile file, int outputs)
    {
        if (!file.Field<bool>("components"))
            return null;
        var shares = file.Array("shares");
        return new PrincipalComponents(file.Array("means", outputs), file.Array("weights", shares.Length * outputs), shares);
    }

    private static T[] Items<T>(JsonObject? entry, string name)
    {
        var list = entry?[name] as JsonArray ?? throw new InvalidDataException($"The stored preparation lacks the list \"{name}\"; it is damaged.");
        return [.. list.Select(item => item is JsonValue value && value.TryGetValue<T>(out var read) ? read : throw new InvalidDataException($"The stored preparation's list \"{name}\" holds a wrong value; it is damaged."))];
    }

    private static int Within(JsonObject? entry, string name, int from, int below)
    {
        var value = ModelFile.Field<int>(entry, name);
        return value >= from && value < below ? value : throw new InvalidDataException($"The stored preparation holds {value} as \"{name}\"; it is damaged.");
    }

    private static T Defined<T>(JsonObject? entry, string name)
        where T : struct, Enum
    {
        var value = (T)Enum.ToObject(typeof(T), ModelFile.Field<int>(entry, name));
        return Enum.IsDefined(value) ? value : throw new InvalidDataException($"The stored preparation holds the unknown {name} {value}; it is damaged.");
    }
}
