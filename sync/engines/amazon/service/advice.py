"""What AWS refuses, why it usually does, and what helps: one row each. Pure data."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

CREDENTIALS_GONE: Final = frozenset({"ExpiredToken", "ExpiredTokenException", "RequestExpired", "TokenRefreshRequired"})
"""Codes after which a run ends as waiting: what it began goes on in AWS, and the next run collects it."""
DENIED: Final = frozenset({"AccessDenied", "AccessDeniedException", "403", "Forbidden", "AllAccessDisabled"})
NO_CREDENTIALS: Final = frozenset(
    {
        "NoCredentials",
        "NoCredentialsError",
        "PartialCredentialsError",
        "CredentialRetrievalError",
        "MissingAuthenticationToken",
        "MissingAuthenticationTokenException",
    }
)
WRONG_CREDENTIALS: Final = frozenset(
    {
        "UnrecognizedClientException",
        "InvalidClientTokenId",
        "InvalidAccessKeyId",
        "SignatureDoesNotMatch",
        "InvalidSignatureException",
    }
)
THROTTLED: Final = frozenset({"TooManyRequestsException", "ThrottlingException", "Throttling", "SlowDown"})
REFUSED: Final = frozenset(
    {"InvalidRequestException", "InvalidParameterValueException", "ValidationException", "InvalidRequest"}
)
BROKEN: Final = frozenset(
    {"InternalServerException", "InternalFailure", "InternalError", "ServiceUnavailableException", "500", "503"}
)
UNANSWERED: Final = "NoAnswer"
"""Our own word for all that botocore says where AWS says nothing."""
BUSY: Final = frozenset({"ConflictException", "ConcurrentModificationException"})
GONE: Final = frozenset({"ResourceNotFoundException", "NoSuchKey", "404", "NotFound"})
ELSEWHERE: Final = frozenset(
    {"PermanentRedirect", "301", "AuthorizationHeaderMalformed", "IllegalLocationConstraintException"}
)

ANY: Final = frozenset[str]()


@dataclass(frozen=True, slots=True, kw_only=True)
class Advice:
    """One kind of refusal, and what to say of it. The first row that fits is taken."""

    codes: frozenset[str] = ANY
    """Of which the refusal has one; none is any."""
    operations: str = ""
    """A pattern for the operation; nothing is any."""
    says: str = ""
    """A pattern for the message; nothing is any."""
    what: str
    next: str

    def fits(self, code: str, message: str, operation: str) -> bool:
        return (
            (not self.codes or code in self.codes)
            and re.search(self.operations, operation) is not None
            and re.search(self.says, message, re.IGNORECASE) is not None
        )


START: Final = r"^StartTextTranslationJob$"
DATA: Final = r"ParallelData$"
S3: Final = r"Object|Bucket|Multipart"

ADVICE: Final = (
    Advice(
        codes=CREDENTIALS_GONE,
        what="The AWS credentials of this run have expired",
        next="What was started goes on in AWS. Run `amts collect`, or wait for the next scheduled run, which "
        "does. A role of GitHub Actions lasts an hour unless role-duration-seconds says more.",
    ),
    Advice(
        codes=NO_CREDENTIALS,
        what="There are no AWS credentials",
        next="In GitHub Actions, let aws-actions/configure-aws-credentials run before, with `permissions: "
        "id-token: write`; a pull request from a fork of the repository gets none. On your own machine, "
        "run `aws sso login` or set AWS_PROFILE.",
    ),
    Advice(
        codes=WRONG_CREDENTIALS,
        what="AWS does not know the credentials of this run",
        next="See whether the keys are still active and belong to this account, and whether the clock of the "
        "machine is right.",
    ),
    Advice(
        codes=frozenset({"OptInRequired"}),
        what="The account is not signed up for Amazon Translate in {region}",
        next="Open Amazon Translate once in the AWS console with an administrator of the account, or choose "
        "another region.",
    ),
    Advice(
        operations=r"^AssumeRole",
        codes=DENIED,
        what="This repository or branch may not take the caller role",
        next="Compare the `sub` condition of the role's trust policy with what GitHub sends: "
        "repo:OWNER/REPO:ref:refs/heads/BRANCH, and repo:OWNER@ID/REPO@ID:… for repositories made after "
        "15 July 2026 (docs/aws/caller-trust-github.json).",
    ),
    Advice(
        codes=DENIED,
        says=r"PassRole",
        what="The caller may not hand the role {role} to Amazon Translate: iam:PassRole is missing",
        next="Add the statement PassDataRole of docs/aws/caller-policy.json to the caller's policy, with this "
        "role as its resource.",
    ),
    Advice(
        codes=DENIED,
        operations=START,
        what="The caller may not start the job: translate:StartTextTranslationJob or iam:PassRole for {role} "
        "is missing",
        next="Compare the caller's policy with docs/aws/caller-policy.json, statements "
        "TranslateWithOrWithoutData and PassDataRole.",
    ),
    Advice(
        codes=DENIED | REFUSED,
        says=r"kms|encryption key",
        what="The key that encrypts the bucket {bucket} or the parallel data may not be used",
        next="Allow kms:Decrypt, GenerateDataKey, CreateGrant, RetireGrant and DescribeKey to the data role "
        "and the caller, in the policy of the key too; or use a bucket with S3's own keys (SSE-S3).",
    ),
    Advice(
        codes=DENIED,
        operations=r"^(Create|Update)ParallelData$",
        what="The parallel data {name} may not be made, or its file in s3://{bucket}/{prefix} may not be read",
        next="Amazon Translate reads that file with the caller's permissions: give it s3:GetObject there and "
        "the actions on parallel-data/amts-* of docs/aws/caller-policy.json.",
    ),
    Advice(
        codes=DENIED,
        operations=S3,
        what="s3://{bucket}/{prefix} may not be read or written by the caller",
        next="Compare the caller's policy with docs/aws/caller-policy.json, statements Files and Folder, look "
        "for a Deny in the policy of the bucket, and see whether the bucket is in this account.",
    ),
    Advice(
        codes=DENIED,
        what="The caller may not call {operation}",
        next="Compare its policy with docs/aws/caller-policy.json.",
    ),
    Advice(
        codes=frozenset({"NoSuchBucket"}),
        what="There is no bucket {bucket}",
        next="Make it in {region}, or set amazon.bucket in .amts.yml.",
    ),
    Advice(
        codes=ELSEWHERE,
        what="The bucket {bucket} is not in {region}",
        next="Amazon Translate works only with a bucket in its own region: make one there, or set "
        "amazon.region to that of the bucket.",
    ),
    Advice(
        codes=REFUSED,
        says=r"(bucket|s3).*(\bregion\b|\b[a-z]{2}(-[a-z]+)+-\d\b)|\bregion\b.*(bucket|s3)",
        what="The bucket {bucket} is not in {region}",
        next="Amazon Translate works only with a bucket in its own region: make one there, or set "
        "amazon.region to that of the bucket.",
    ),
    Advice(
        codes=REFUSED,
        says=r"top.level|root of|folder|sub-?folder|\bdetails\b",
        what="Amazon Translate does not take the place of the documents, s3://{bucket}/{prefix}",
        next="Documents must lie in a folder of the bucket, not at its top, and none of their folders may be "
        "called details. Set amazon.prefix to a folder of its own, such as amts.",
    ),
    Advice(
        codes=REFUSED,
        says=r"dataaccessrole|\brole\b|role.?arn|assume",
        what="Amazon Translate cannot take the data role {role}",
        next="See that amazon.role is the ARN of an existing role of the same account "
        "(arn:aws:iam::ACCOUNT:role/NAME), and that its trust policy is docs/aws/data-role-trust.json.",
    ),
    Advice(
        codes=frozenset({"UnsupportedLanguagePairException"}),
        what="Amazon Translate does not translate from {source} to {target}",
        next="See the list of languages in docs/aws.md. The code of the language is set in its file in "
        "alignment/locales.",
    ),
    Advice(
        codes=REFUSED,
        says=r"region|not (supported|available)",
        operations=rf"{DATA}|{START}",
        what="{region} takes no parallel data",
        next="Set amazon.region to us-east-1, us-west-2 or eu-west-1, with a bucket there; or parallel-data to false.",
    ),
    Advice(
        codes=frozenset({"UnknownOperationException"}),
        operations=rf"{DATA}|{START}",
        what="{region} takes no parallel data",
        next="Set amazon.region to us-east-1, us-west-2 or eu-west-1, with a bucket there; or parallel-data to false.",
    ),
    Advice(
        codes=REFUSED | GONE,
        operations=START,
        says=r"parallel.?data|:parallel-data/",
        what="The job cannot use the parallel data {name}",
        next="It must be of this account and {region}, ACTIVE, and hold the language {target}. Look with `amts"
        " parallel-data show`, and run again once it is.",
    ),
    Advice(
        codes=REFUSED,
        operations=r"^(Create|Update)ParallelData$",
        what="Amazon Translate does not take the parallel data {name}",
        next="See what it says. Data that are being made or deleted can be changed only when that is over.",
    ),
    Advice(
        codes=frozenset({"TextSizeLimitExceededException"}),
        what="A text is too long for one request: more than 10,000 bytes",
        next="Use amazon.mode batch for it, or split the paragraph.",
    ),
    Advice(
        codes=frozenset({"LimitExceededException"}),
        operations=r"^(Create|Update)ParallelData$",
        what="Another creation or update of parallel data is going on: an account has one at a time in each region",
        next="Run again later. If nothing is going on, the account has all the parallel data it may have "
        "(1000): delete some with `amts parallel-data delete`, or ask for more at Service Quotas.",
    ),
    Advice(
        codes=frozenset({"LimitExceededException", "TooManyTagsException", "ServiceQuotaExceededException"}),
        what="A quota of the account is reached",
        next="Wait until running jobs are done, delete what is no longer needed, or ask for more at Service Quotas.",
    ),
    Advice(
        codes=THROTTLED,
        what="AWS takes no more requests now, though this run has waited and tried again",
        next="Run again later; nothing is paid twice. If it happens often, ask for more at Service Quotas, or "
        "use amazon.mode batch.",
    ),
    Advice(
        codes=BUSY,
        operations=DATA,
        what="Somebody else is changing the parallel data {name}",
        next="Run again when that is over. `amts parallel-data show` says how far it is.",
    ),
    Advice(
        codes=BUSY,
        what="Somebody else is changing the same thing at the same time",
        next="Run again when that is over.",
    ),
    Advice(
        codes=frozenset({"PreconditionFailed", "412", "ConditionalRequestConflict"}),
        what="Another run has written s3://{bucket}/{prefix} first",
        next="Let it finish, then run again.",
    ),
    Advice(
        codes=GONE,
        operations=S3,
        what="A file below s3://{bucket}/{prefix} is not there any more",
        next="The bucket forgets files by its lifecycle rule. Run again: the plan is made anew.",
    ),
    Advice(
        codes=GONE,
        operations=r"Terminology|TranslateText|TranslateDocument",
        what="There is no terminology {name} in {region}",
        next="Run again; it is imported before it is used.",
    ),
    Advice(
        codes=GONE,
        what="There is no {name} in {region}",
        next="See whether amazon.region and the account are those it was made in.",
    ),
    Advice(
        codes=BROKEN,
        what="AWS has a failure of its own",
        next="Run again later; see https://health.aws.amazon.com. Nothing is paid twice.",
    ),
    Advice(
        codes=frozenset({UNANSWERED}),
        what="AWS cannot be reached, or its answer to {operation} was lost",
        next="Run the same command again; no job is started twice. If it ends the same, see whether {region} is the "
        "name of a region, and whether a proxy or firewall is in between.",
    ),
)
OTHERWISE: Final = Advice(
    what="AWS refused {operation}",
    next="Run the same command again; nothing is paid twice. If it ends the same, see whether docs/aws.md has what AWS "
    "says, and report it with these lines if it does not.",
)
