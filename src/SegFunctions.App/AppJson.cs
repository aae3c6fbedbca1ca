using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Unicode;
using SegFunctions.App.Api;
using SegFunctions.App.Api.Privacy;
using SegFunctions.App.Identity;
using SegFunctions.App.Memberships;
using SegFunctions.App.Privacy.Erasure;
using SegFunctions.App.Refresh;
using SegFunctions.App.Uploads;
using SegFunctions.Customers.Intake.Quality;
using SegFunctions.Customers.Privacy.Consents;
using SegFunctions.Customers.Segments.Contacts;

namespace SegFunctions.App;

/// <summary>JSON of the app: answers of the API, rows of tables, inputs and results of orchestrations.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, UseStringEnumConverter = true)]
[JsonSerializable(typeof(CustomerAnswer))]
[JsonSerializable(typeof(LookupRequest))]
[JsonSerializable(typeof(LookupAnswer))]
[JsonSerializable(typeof(SegmentList))]
[JsonSerializable(typeof(SegmentDetail))]
[JsonSerializable(typeof(SegmentMemberList))]
[JsonSerializable(typeof(UploadList))]
[JsonSerializable(typeof(UploadDetail))]
[JsonSerializable(typeof(UploadAnswer))]
[JsonSerializable(typeof(RunList))]
[JsonSerializable(typeof(RunAnswer))]
[JsonSerializable(typeof(RunRequest))]
[JsonSerializable(typeof(RunStarted))]
[JsonSerializable(typeof(InstanceList))]
[JsonSerializable(typeof(InstanceAnswer))]
[JsonSerializable(typeof(ReasonRequest))]
[JsonSerializable(typeof(RequestAnswer))]
[JsonSerializable(typeof(HealthAnswer))]
[JsonSerializable(typeof(JsonElement))]
[JsonSerializable(typeof(MembershipDocument))]
[JsonSerializable(typeof(SortedDictionary<string, IReadOnlyList<ContactFlag>>))]
[JsonSerializable(typeof(SegmentRecord))]
[JsonSerializable(typeof(RunRecord))]
[JsonSerializable(typeof(CurrentRun))]
[JsonSerializable(typeof(UploadRecord))]
[JsonSerializable(typeof(UploadAccepted))]
[JsonSerializable(typeof(QualityReport))]
[JsonSerializable(typeof(LakeProperties))]
[JsonSerializable(typeof(CorrectionNote))]
[JsonSerializable(typeof(RefreshInput))]
[JsonSerializable(typeof(RefreshPlan))]
[JsonSerializable(typeof(PlannedWork))]
[JsonSerializable(typeof(RunPart))]
[JsonSerializable(typeof(RunTotals))]
[JsonSerializable(typeof(FinishedRun))]
[JsonSerializable(typeof(FailedRun))]
[JsonSerializable(typeof(RunProgress))]
[JsonSerializable(typeof(SealedCase))]
[JsonSerializable(typeof(ErasureRecord))]
[JsonSerializable(typeof(ErasureInput))]
[JsonSerializable(typeof(ErasureOutcome))]
[JsonSerializable(typeof(FailedErasure))]
[JsonSerializable(typeof(ClearedStores))]
[JsonSerializable(typeof(Relearning))]
[JsonSerializable(typeof(IReadOnlyList<ConsentRecord>))]
[JsonSerializable(typeof(JsonNode))]
[JsonSerializable(typeof(AccessAnswer))]
[JsonSerializable(typeof(ErasureAnswer))]
[JsonSerializable(typeof(AuditList))]
[JsonSerializable(typeof(ConsentList))]
[JsonSerializable(typeof(ConsentRequest))]
[JsonSerializable(typeof(IdentityReport))]
[JsonSerializable(typeof(StoredLink))]
[JsonSerializable(typeof(IReadOnlyList<StoredLink>))]
[JsonSerializable(typeof(IdentityAnswer))]
[JsonSerializable(typeof(UndoAnswer))]
[JsonSerializable(typeof(ReviewAnswer))]
[JsonSerializable(typeof(ReviewList))]
[JsonSerializable(typeof(ReviewRequest))]
[JsonSerializable(typeof(bool))]
[JsonSerializable(typeof(object))]
internal sealed partial class AppJson : JsonSerializerContext
{
    private static AppJson? _published;

    /// <summary>The same with letters of all scripts as they are: names and reasons stay short and legible in tables.</summary>
    public static AppJson Published => _published ??= new AppJson(new JsonSerializerOptions(Default.Options)
    {
        Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
    });
}
